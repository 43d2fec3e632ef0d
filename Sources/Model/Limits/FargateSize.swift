public import Foundation

/// The sizes of tasks that Fargate has.
///
/// Source: API description of ecs in botocore 1.44, RegisterTaskDefinition, member `memory`.
public struct FargateSize: Sendable {
  /// CPU units.
  public let cpu: Int
  /// The sizes of memory in MiB, smallest first.
  public let memory: [Int]
  /// Whether it needs Linux with platform version 1.4.0.
  public let needsLinuxPlatform14: Bool

  /// All sizes.
  public static let all = [
    FargateSize(cpu: 256, memory: [512, 1024, 2048], needsLinuxPlatform14: false),
    FargateSize(cpu: 512, memory: gigabytes(1...4), needsLinuxPlatform14: false),
    FargateSize(cpu: 1024, memory: gigabytes(2...8), needsLinuxPlatform14: false),
    FargateSize(cpu: 2048, memory: gigabytes(4...16), needsLinuxPlatform14: false),
    FargateSize(cpu: 4096, memory: gigabytes(8...30), needsLinuxPlatform14: false),
    FargateSize(cpu: 8192, memory: gigabytes(16...60, by: 4), needsLinuxPlatform14: true),
    FargateSize(cpu: 16384, memory: gigabytes(32...120, by: 8), needsLinuxPlatform14: true),
  ]

  /// The size with so many CPU units; nil where Fargate has none.
  public static func with(cpu: Decimal) -> FargateSize? { all.first { Decimal($0.cpu) == cpu } }

  private static func gigabytes(_ range: ClosedRange<Int>, by step: Int = 1) -> [Int] {
    stride(from: range.lowerBound, through: range.upperBound, by: step).map { $0 * 1024 }
  }
}
