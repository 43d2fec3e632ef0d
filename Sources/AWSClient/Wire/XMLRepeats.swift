internal import Model

/// A value that has ended, as a part of the one that it is in.
struct XMLPart {
  /// Which member it is, or which element of a list.
  let use: Int
  let value: Value
  /// Parts with the same stamp have the same value.
  let stamp: Int
}

/// What came last in each use of a type.
///
/// Large answers repeat themselves: a hundred rules with the same actions, instances in the same
/// state. What is as it was the last time is not made again, and a structure with the same members
/// as the last one is a copy of that, in which the values that differ are set.
struct XMLRepeats {
  private struct Last {
    var value = Value.null
    var stamp = 0
    /// What a scalar was read from.
    var text: [UInt8] = []
    /// What a list or a structure was made of.
    var parts: [(use: Int, stamp: Int)] = []
    /// Whether a structure can be copied: each member has one value, or is one run of a list.
    var isCopyable = false
    /// Where the dictionary has each of the parts; empty until a copy is made.
    var places: [Dictionary<String, Value>.Index] = []

    func part(as use: Int) -> XMLPart { XMLPart(use: use, value: value, stamp: stamp) }

    /// Whether it was made of as many parts of the same uses.
    func hasUses(of others: [XMLPart], from start: Int) -> Bool {
      guard parts.count == others.count - start else { return false }
      for index in parts.indices where parts[index].use != others[start + index].use {
        return false
      }
      return true
    }

    /// Whether it was made of the same parts.
    func hasStamps(of others: [XMLPart], from start: Int) -> Bool {
      guard parts.count == others.count - start else { return false }
      for index in parts.indices where parts[index].stamp != others[start + index].stamp {
        return false
      }
      return true
    }
  }

  /// Of longer structures and lists the parts are not kept.
  private static let longest = 64

  private let types: TypeTable
  /// Where in `last` each use is, after one for the root, which is of no use; -1 where it is not.
  private var indices: [Int32]
  private var last: [Last] = []
  private var lastStamp = 0

  /// Nothing has come yet.
  init(_ types: TypeTable) {
    self.types = types
    indices = Array(repeating: -1, count: types.useCount + 1)
  }

  /// A part that is unlike all before it.
  mutating func part(_ value: Value, as use: Int) -> XMLPart {
    XMLPart(use: use, value: value, stamp: nextStamp())
  }

  /// A scalar, if its text is that of the last one.
  mutating func scalar(_ text: [UInt8], as use: Int) -> XMLPart? {
    let index = index(of: use)
    guard last[index].stamp != 0, last[index].text == text else { return nil }
    return last[index].part(as: use)
  }

  /// A scalar that was read from a text, which is kept; the text comes back as another.
  mutating func scalar(_ value: Value, of text: inout [UInt8], as use: Int) -> XMLPart {
    let index = index(of: use)
    swap(&last[index].text, &text)
    last[index].value = value
    last[index].stamp = nextStamp()
    return XMLPart(use: use, value: value, stamp: last[index].stamp)
  }

  /// A list of the parts from a position on.
  mutating func list(_ parts: [XMLPart], from start: Int, as use: Int) -> XMLPart {
    let index = index(of: use)
    let count = parts.count - start
    if last[index].stamp == 0 || !last[index].hasStamps(of: parts, from: start) {
      let list = Value.list(parts[start...].map(\.value))
      guard count <= Self.longest else { return part(list, as: use) }
      keep(list, of: parts, from: start, at: index)
    }
    return last[index].part(as: use)
  }

  /// A structure of the parts from a position on, if it has the members that the last one had.
  mutating func structure(_ parts: [XMLPart], from start: Int, as use: Int) -> XMLPart? {
    let index = index(of: use)
    let count = parts.count - start
    guard last[index].isCopyable, last[index].hasUses(of: parts, from: start) else { return nil }
    if last[index].hasStamps(of: parts, from: start) { return last[index].part(as: use) }
    guard case .map(var members) = last[index].value else { return nil }
    if last[index].places.isEmpty { findPlaces(of: members, at: index) }
    var position = 0
    while position < count {
      let first = position
      let member = parts[start + first].use
      var isSame = true
      while position < count, parts[start + position].use == member {
        let stamp = parts[start + position].stamp
        if last[index].parts[position].stamp != stamp {
          isSame = false
          last[index].parts[position].stamp = stamp
        }
        position += 1
      }
      guard !isSame else { continue }
      members.values[last[index].places[first]] =
        isList(member)
        ? .list(parts[(start + first)..<(start + position)].map(\.value))
        : parts[start + first].value
    }
    last[index].value = .map(members)
    last[index].stamp = nextStamp()
    return last[index].part(as: use)
  }

  /// A structure that was put together, of the parts from a position on alone.
  mutating func structure(
    _ members: [String: Value], of parts: [XMLPart], from start: Int, as use: Int
  ) -> XMLPart {
    guard parts.count - start <= Self.longest else { return part(.map(members), as: use) }
    let index = index(of: use)
    keep(.map(members), of: parts, from: start, at: index)
    last[index].places.removeAll(keepingCapacity: true)
    last[index].isCopyable = isCopyable(last[index].parts)
    return last[index].part(as: use)
  }

  /// Whether each member has one part, or is one list with its parts after each other.
  private func isCopyable(_ parts: [(use: Int, stamp: Int)]) -> Bool {
    for position in parts.indices {
      let use = parts[position].use
      guard use >= 0, !types.use(use).isFlattened || isList(use) else { return false }
      let before = parts[..<position]
      if isList(use), before.last?.use == use { continue }
      if before.contains(where: { $0.use == use }) { return false }
    }
    return true
  }

  private mutating func keep(
    _ value: Value, of parts: [XMLPart], from start: Int, at index: Int
  ) {
    last[index].value = value
    last[index].stamp = nextStamp()
    last[index].parts.removeAll(keepingCapacity: true)
    for part in parts[start...] { last[index].parts.append((part.use, part.stamp)) }
  }

  /// Whether the parts of a use are elements of one list.
  private func isList(_ use: Int) -> Bool {
    let member = types.use(use)
    return member.isFlattened && types[member.type].form == .list
  }

  private mutating func findPlaces(of members: [String: Value], at index: Int) {
    for part in last[index].parts {
      guard let place = members.index(forKey: types.name(of: part.use)) else {
        preconditionFailure("a structure without one of its parts")
      }
      last[index].places.append(place)
    }
  }

  private mutating func nextStamp() -> Int {
    lastStamp += 1
    return lastStamp
  }

  private mutating func index(of use: Int) -> Int {
    if indices[use + 1] < 0 {
      indices[use + 1] = Int32(last.count)
      last.append(Last())
    }
    return Int(indices[use + 1])
  }
}
