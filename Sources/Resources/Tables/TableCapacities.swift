internal import Foundation
internal import Model

/// The capacities that a write sends: those of the table, and of each index, always both of a kind, since
/// DynamoDB takes no single one.
struct TableCapacities {
  private let write: ResourceWrite

  /// The capacities of a write.
  init(_ write: ResourceWrite) { self.write = write }

  /// Whether the table becomes provisioned, so that everything needs a capacity.
  private var isSwitch: Bool {
    write.set["billingMode"] == TableType.provisioned
      && write.live?.attributes["billingMode"] != TableType.provisioned
  }

  /// The capacity of the table; nil where it stays.
  var table: Value? { throughput("") }

  /// The capacities of those indexes whose capacity changes, by name.
  var indexes: [(name: String, throughput: Value)] {
    names.compactMap { name in throughput("\(TableType.indexes)\(name).").map { (name, $0) } }
  }

  /// The attributes that a table on its way to provisioned capacity lacks.
  var missing: [String] {
    guard isSwitch else { return [] }
    return ([""] + names.map { "\(TableType.indexes)\($0)." }).flatMap { prefix in
      ["\(prefix)readCapacity", "\(prefix)writeCapacity"].filter { value($0) == nil }
    }
  }

  private var names: [String] {
    (write.live?.context["indexNames"]?.elements ?? []).compactMap(\.string).sorted()
  }

  /// What is asked for; else what was recorded with the mode that is given back; else what is there.
  private func value(_ attribute: String) -> Value? {
    if let value = write.set[attribute] { return value }
    if write.unset.contains(attribute) { return nil }
    return write.live?.attributes[attribute] ?? write.recorded[attribute]
  }

  private func throughput(_ prefix: String) -> Value? {
    let attributes = ["\(prefix)readCapacity", "\(prefix)writeCapacity"]
    let isAsked = attributes.contains { write.set[$0] != nil }
    guard isAsked || isSwitch, let reads = value(attributes[0]), let writes = value(attributes[1])
    else { return nil }
    return ["ReadCapacityUnits": reads, "WriteCapacityUnits": writes]
  }
}
