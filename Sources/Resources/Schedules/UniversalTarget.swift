internal import Foundation
internal import Model

/// The universal targets of EventBridge Scheduler, which call operations of AWS:
/// `arn:aws:scheduler:::aws-sdk:rds:modifyDBCluster` (EventBridge Scheduler user guide,
/// managing-targets-universal).
enum UniversalTarget {
  /// `rds:modifyDBCluster` of an ARN of a universal target; nil for any other.
  static func operation(_ arn: String) -> String? {
    let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 8, parts[2] == "scheduler", parts[5] == "aws-sdk" else { return nil }
    return "\(parts[6]):\(parts[7])"
  }

  /// The text for AWS: JSON with sorted keys.
  static func encoded(_ input: Value) -> Value {
    if case .string = input { return input }
    guard let line = try? CanonicalJSON.encodeLine(input) else { return input }
    return .string(String(decoding: line.dropLast(), as: UTF8.self))
  }

  /// What a text in AWS says; nil where it is no JSON.
  static func decoded(_ text: String) -> Value? {
    try? CanonicalJSON.decode(Value.self, from: Data(text.utf8))
  }
}
