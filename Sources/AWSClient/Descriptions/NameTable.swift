/// Finds a structure's members by the bytes of their names on the wire, without making strings of them.
struct NameTable: Sendable {
  private struct Entry {
    let hash: UInt32
    let start: Int
    let end: Int
    let position: Int
  }

  /// All names, one after the other.
  private let bytes: [UInt8]
  private let entries: [Entry]
  /// A power of two of places; each holds an index of `entries`, or -1.
  private let places: [Int]

  /// The table of names and of the positions that they stand for.
  init(_ positions: [String: Int]) {
    var bytes: [UInt8] = []
    var entries: [Entry] = []
    var size = 4
    while size < positions.count * 2 { size *= 2 }
    var places = Array(repeating: -1, count: size)
    for (name, position) in positions {
      let start = bytes.count
      bytes += name.utf8
      let hash = Self.hash(bytes.span.extracting(start..<bytes.count))
      var place = Int(hash) & (size - 1)
      while places[place] >= 0 { place = (place + 1) & (size - 1) }
      places[place] = entries.count
      entries.append(Entry(hash: hash, start: start, end: bytes.count, position: position))
    }
    self.bytes = bytes
    self.entries = entries
    self.places = places
  }

  /// The position that a name stands for.
  func position(of name: Span<UInt8>) -> Int? {
    let hash = Self.hash(name)
    var place = Int(hash) & (places.count - 1)
    while places[place] >= 0 {
      let entry = entries[places[place]]
      if entry.hash == hash, isSame(entry, name) { return entry.position }
      place = (place + 1) & (places.count - 1)
    }
    return nil
  }

  /// FNV-1a.
  private static func hash(_ name: Span<UInt8>) -> UInt32 {
    var hash: UInt32 = 2_166_136_261
    for index in name.indices { hash = (hash ^ UInt32(name[index])) &* 16_777_619 }
    return hash
  }

  private func isSame(_ entry: Entry, _ name: Span<UInt8>) -> Bool {
    guard entry.end - entry.start == name.count else { return false }
    for index in name.indices where bytes[entry.start + index] != name[index] { return false }
    return true
  }
}
