internal import Foundation
internal import Manifests
internal import Model

/// An amount of CPU or memory as Kubernetes writes it.
///
/// The forms: kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity.
struct ClusterQuantity {
  /// `500m`, `2`, `512Mi`.
  let value: Value
  /// Thousandths of a CPU, or bytes.
  let amount: Int64
  /// As it is written in the manifest.
  let range: SourceRange

  static let cpu = FieldType.string(
    StringRule(
      "an amount of CPU", example: "500m or 2 vCPU",
      pattern: "[0-9]{1,7}m|[0-9]{1,5}(\\.[0-9]{1,3})? vCPU"))

  /// CPU and memory, as containers have them.
  static let pair = ObjectSchema([
    Field("cpu", cpu, doc: "The CPU."), Field("memory", .dataSize, doc: "The memory."),
  ])

  /// The amount that a field holds: of CPU where its name begins so, else of bytes.
  init?(_ fields: Fields, _ name: String) {
    if name.hasPrefix("cpu") {
      guard let text = fields.string(name) else { return nil }
      let digits = text.value.prefix { $0.isNumber || $0 == "." }
      guard let number = Decimal(string: String(digits)) else { return nil }
      let thousandths = text.value.hasSuffix("m") ? number : number * 1000
      amount = (thousandths as NSDecimalNumber).int64Value
      value = .string(amount % 1000 == 0 ? "\(amount / 1000)" : "\(amount)m")
      range = text.range
    } else {
      guard let size = fields.bytes(name) else { return nil }
      amount = size.value
      let units = [("Gi", Int64(1) << 30), ("Mi", 1 << 20), ("Ki", 1 << 10)]
      let unit = units.first { size.value % $0.1 == 0 }
      value = .string(unit.map { "\(size.value / $0.1)\($0.0)" } ?? "\(size.value)")
      range = size.range
    }
  }

  /// CPU and memory of an object of the form ``pair``.
  static func pair(_ fields: Fields?) -> Value? {
    guard let fields else { return nil }
    let members = ["cpu", "memory"].compactMap { name in
      ClusterQuantity(fields, name).map { (name, $0.value) }
    }
    return .map(Dictionary(members, uniquingKeysWith: { first, _ in first }))
  }

  /// Each of these fields is at most the next, where both are there.
  static func checkOrder(
    _ fields: Fields, _ names: [String], into diagnostics: inout Diagnostics
  ) {
    check(names.map { ($0, ClusterQuantity(fields, $0)) }, into: &diagnostics)
  }

  /// CPU and memory of each of these objects of the form ``pair`` are at most those of the next.
  static func checkOrder(
    ofPairs names: [String], in fields: Fields, into diagnostics: inout Diagnostics
  ) {
    for resource in ["cpu", "memory"] {
      check(
        names.map { name in
          ("\(name).\(resource)", fields.object(name).flatMap { ClusterQuantity($0, resource) })
        }, into: &diagnostics)
    }
  }

  private static func check(
    _ amounts: [(name: String, amount: ClusterQuantity?)], into diagnostics: inout Diagnostics
  ) {
    let there = amounts.compactMap { name, amount in amount.map { (name, $0) } }
    for (less, more) in zip(there, there.dropFirst()) where less.1.amount > more.1.amount {
      diagnostics.add(
        error: "less than it must be", at: more.1.range,
        detail: "`\(less.0)` is \(less.1.value.string ?? ""), `\(more.0)` is"
          + " \(more.1.value.string ?? "").")
    }
  }
}
