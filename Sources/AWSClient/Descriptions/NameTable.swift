/// Finds a structure's members by the bytes of their names on the wire, without making strings of them.
struct NameTable: Sendable {
  private let names: [[UInt8]]
  private let members: [Int]
  /// A power of two of places; each holds a position in `names`, or -1.
  private let places: [Int]

  /// The table of names and of the positions that they stand for.
  init(_ positions: [String: Int]) {
    names = positions.map { Array($0.key.utf8) }
    members = positions.map(\.value)
    var size = 4
    while size < names.count * 2 { size *= 2 }
    var places = Array(repeating: -1, count: size)
    for (index, name) in names.enumerated() {
      var place = Self.hash(name.span) & (size - 1)
      while places[place] >= 0 { place = (place + 1) & (size - 1) }
      places[place] = index
    }
    self.places = places
  }

  /// The position that a name stands for.
  func position(of name: Span<UInt8>) -> Int? {
    var place = Self.hash(name) & (places.count - 1)
    while places[place] >= 0 {
      let index = places[place]
      if Self.isSame(names[index], name) { return members[index] }
      place = (place + 1) & (places.count - 1)
    }
    return nil
  }

  /// FNV-1a.
  private static func hash(_ name: Span<UInt8>) -> Int {
    var hash: UInt32 = 2_166_136_261
    for index in name.indices { hash = (hash ^ UInt32(name[index])) &* 16_777_619 }
    return Int(hash)
  }

  private static func isSame(_ left: [UInt8], _ right: Span<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    for index in left.indices where left[index] != right[index] { return false }
    return true
  }
}
