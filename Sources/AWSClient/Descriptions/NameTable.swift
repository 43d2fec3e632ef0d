/// Finds names by their bytes, each in a scope of its own, without making strings of them.
struct NameTable: Sendable {
  /// Names to make a table of, in an order: of names that are the same in a scope the first counts.
  struct Names {
    fileprivate var all: [(name: String, scope: Int, position: Int)] = []

    /// Adds a name and the position that it stands for.
    mutating func add(_ name: String, of scope: Int, at position: Int) {
      all.append((name, scope, position))
    }
  }

  private struct Entry {
    let hash: UInt32
    let scope: Int
    let start: Int
    let end: Int
    let position: Int
  }

  /// All names, one after the other.
  private var bytes: [UInt8] = []
  private var entries: [Entry] = []
  /// A power of two of places; each holds an index of `entries`, or -1.
  private var places: [Int]

  /// The table of some names.
  init(_ names: Names) {
    var size = 4
    while size < names.all.count * 2 { size *= 2 }
    places = Array(repeating: -1, count: size)
    entries.reserveCapacity(names.all.count)
    for (name, scope, position) in names.all {
      let text = name.utf8.span
      let hash = Self.hash(text, scope)
      var place = Int(hash) & (size - 1)
      while places[place] >= 0, !isSame(entries[places[place]], hash, text, scope) {
        place = (place + 1) & (size - 1)
      }
      guard places[place] < 0 else { continue }
      places[place] = entries.count
      let start = bytes.count
      bytes += name.utf8
      entries.append(
        Entry(hash: hash, scope: scope, start: start, end: bytes.count, position: position))
    }
  }

  /// The position that a name stands for in a scope.
  func position(of name: Span<UInt8>, in scope: Int) -> Int? {
    let hash = Self.hash(name, scope)
    var place = Int(hash) & (places.count - 1)
    while places[place] >= 0 {
      let entry = entries[places[place]]
      if isSame(entry, hash, name, scope) { return entry.position }
      place = (place + 1) & (places.count - 1)
    }
    return nil
  }

  /// Mixes the scope with the length and three bytes of the name: that tells apart nearly all names
  /// of an API, and costs less than to look at each byte.
  private static func hash(_ name: Span<UInt8>, _ scope: Int) -> UInt32 {
    var hash = UInt32(truncatingIfNeeded: scope) &* 2_654_435_761
    guard !name.isEmpty else { return hash }
    for byte in [name[0], name[name.count / 2], name[name.count - 1]] {
      hash = (hash ^ UInt32(byte)) &* 16_777_619
    }
    hash = (hash ^ UInt32(truncatingIfNeeded: name.count)) &* 2_654_435_761
    return hash ^ hash >> 15
  }

  private func isSame(_ entry: Entry, _ hash: UInt32, _ name: Span<UInt8>, _ scope: Int) -> Bool {
    guard entry.hash == hash, entry.scope == scope, entry.end - entry.start == name.count else {
      return false
    }
    let known = bytes.span.extracting(entry.start..<entry.end)
    for index in known.indices where known[index] != name[index] { return false }
    return true
  }
}
