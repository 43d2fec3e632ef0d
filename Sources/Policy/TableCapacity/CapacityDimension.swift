internal import Foundation
internal import Manifests
internal import Model

/// One of the capacities of a table: the reads or writes of itself or of an index.
struct CapacityDimension: Hashable {
  /// What it counts.
  enum Unit: String, CaseIterable {
    case read, write

    /// How AWS's names spell it.
    fileprivate var word: String { self == .read ? "Read" : "Write" }
  }

  /// The index; nil for the table itself.
  let index: String?
  let unit: Unit

  /// The attribute of the table.
  var attribute: String {
    (index.map { "indexes.\($0)." } ?? "") + "\(unit.rawValue)Capacity"
  }

  /// The scalable target: API description of application-autoscaling, ResourceId and ScalableDimension.
  func target(of table: String) -> Address {
    Address("application-autoscaling/target", identity(table))
  }

  /// A scaling policy of the target.
  func policy(_ name: String?, of table: String) -> Address {
    let name =
      name ?? ([table, index, unit.rawValue, "scaling"].compactMap { $0 }).joined(separator: "-")
    return Address("application-autoscaling/policy", "\(identity(table))#\(name)")
  }

  /// The metric that target tracking holds; API description of application-autoscaling, MetricType.
  var metric: String { "DynamoDB\(unit.word)CapacityUtilization" }

  /// Application Auto Scaling, where somebody else had it move the capacity.
  func rival(of table: String) -> Rival {
    let field = (index.map { "indexes.\($0)." } ?? "") + unit.rawValue
    return Rival(
      target(of: table),
      remark: "Application Auto Scaling (min {minCapacity}, max {maxCapacity}) also moves the"
        + " \(unit.rawValue) capacity: give the TableCapacity `\(field)Scaling` with these bounds, or"
        + " leave out `\(field)`, else the two undo each other's work.")
  }

  private func identity(_ table: String) -> String {
    let dimension = "dynamodb:\(index == nil ? "table" : "index"):\(unit.word)CapacityUnits"
    return "\(dimension)/table/\(table)" + (index.map { "/index/\($0)" } ?? "")
  }
}
