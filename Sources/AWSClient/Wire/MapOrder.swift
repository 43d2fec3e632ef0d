internal import Model

/// The order in which the entries of maps are written.
///
/// A `Value` has none, so it is the alphabet's; whoever compares bytes can have that of a text.
struct MapOrder {
  private let ranks: [String: Int]

  /// By key.
  static let alphabetical = MapOrder(ranks: [:])

  private init(ranks: [String: Int]) { self.ranks = ranks }

  /// Keys in the order in which a text names them first.
  init(of json: OrderedJSON) {
    var ranks: [String: Int] = [:]
    Self.rank(json, &ranks)
    self.init(ranks: ranks)
  }

  /// The entries of a map in this order.
  func sorted(_ entries: [String: Value]) -> [(key: String, value: Value)] {
    entries.sorted { left, right in
      (ranks[left.key] ?? .max, left.key) < (ranks[right.key] ?? .max, right.key)
    }
  }

  private static func rank(_ json: OrderedJSON, _ ranks: inout [String: Int]) {
    for member in json.members {
      if ranks[member.name] == nil { ranks[member.name] = ranks.count }
      rank(member.value, &ranks)
    }
    for element in json.elements { rank(element, &ranks) }
  }
}
