internal import Model

/// The order in which the entries of maps are written.
///
/// A `Value` has none, so it is the alphabet's; whoever compares bytes can have that of a text.
struct MapOrder {
  /// The keys in their order by which keys they are: two maps may hold the same ones in another order,
  /// but hardly all of them.
  private let orders: [Set<String>: [String]]

  /// By key.
  static let alphabetical = MapOrder(orders: [:])

  private init(orders: [Set<String>: [String]]) { self.orders = orders }

  /// Keys in the order in which a text has them.
  init(of json: OrderedJSON) {
    var orders: [Set<String>: [String]] = [:]
    Self.note(json, &orders)
    self.init(orders: orders)
  }

  /// The entries of a map in this order.
  func sorted(_ entries: [String: Value]) -> [(key: String, value: Value)] {
    guard !orders.isEmpty, let order = orders[Set(entries.keys)] else {
      return entries.sorted { $0.key < $1.key }
    }
    return order.compactMap { key in entries[key].map { (key, $0) } }
  }

  private static func note(_ json: OrderedJSON, _ orders: inout [Set<String>: [String]]) {
    let keys = json.members.map(\.name)
    let names = Set(keys)
    // What has a key twice has no order of its own.
    if names.count == keys.count, orders[names] == nil { orders[names] = keys }
    for member in json.members { note(member.value, &orders) }
    for element in json.elements { note(element, &orders) }
  }
}
