internal import Foundation
internal import Model

/// The units of a task's size: CPU units and MiB, also where AWS's other way of writing them is
/// used: "1 vCPU" is 1024 units, "2 GB" is 2048 MiB (API description of ecs, RegisterTaskDefinition).
enum TaskSize {
  /// CPU units.
  static func cpu(_ value: Value) -> Value { units(value, suffix: "vcpu") }

  /// MiB of memory.
  static func memory(_ value: Value) -> Value { units(value, suffix: "gb") }

  private static func units(_ value: Value, suffix: String) -> Value {
    guard let text = value.string?.trimmingCharacters(in: .whitespaces).lowercased() else {
      return value
    }
    if let number = Decimal(numeral: text) { return .number(number) }
    guard text.hasSuffix(suffix),
      let number = Decimal(
        numeral: text.dropLast(suffix.count).trimmingCharacters(in: .whitespaces))
    else { return value }
    return .number(number * 1024)
  }
}
