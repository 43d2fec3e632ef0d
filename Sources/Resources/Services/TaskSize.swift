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

/// The task sizes that Fargate has.
///
/// Source: API description of ecs in botocore 1.44, RegisterTaskDefinition, member `memory`.
struct FargateSize {
  /// CPU units.
  let cpu: Int
  /// The sizes of memory in MiB, smallest first.
  let memory: [Int]
  /// Whether it needs Linux with platform version 1.4.0.
  let needsLinuxPlatform14: Bool

  /// All sizes.
  static let all = [
    FargateSize(cpu: 256, memory: [512, 1024, 2048], needsLinuxPlatform14: false),
    FargateSize(cpu: 512, memory: gigabytes(1...4), needsLinuxPlatform14: false),
    FargateSize(cpu: 1024, memory: gigabytes(2...8), needsLinuxPlatform14: false),
    FargateSize(cpu: 2048, memory: gigabytes(4...16), needsLinuxPlatform14: false),
    FargateSize(cpu: 4096, memory: gigabytes(8...30), needsLinuxPlatform14: false),
    FargateSize(cpu: 8192, memory: gigabytes(16...60, by: 4), needsLinuxPlatform14: true),
    FargateSize(cpu: 16384, memory: gigabytes(32...120, by: 8), needsLinuxPlatform14: true),
  ]

  /// The size with so many CPU units; nil where Fargate has none.
  static func with(cpu: Decimal) -> FargateSize? { all.first { Decimal($0.cpu) == cpu } }

  /// The sizes of memory in words: `2048, 3072 or 4096`, `4096 to 16384 in steps of 1024`.
  var memoryInWords: String {
    let first = memory[0]
    let last = memory[memory.count - 1]
    if memory.count > 4 { return "\(first) to \(last) in steps of \(memory[1] - first)" }
    return memory.dropLast().map(String.init).joined(separator: ", ") + " or \(last)"
  }

  private static func gigabytes(_ range: ClosedRange<Int>, by step: Int = 1) -> [Int] {
    stride(from: range.lowerBound, through: range.upperBound, by: step).map { $0 * 1024 }
  }
}
