internal import Model

/// Who is told how applies end: `notifications` of `weir.yaml`.
public struct NoticeSettings: Hashable, Sendable {
  /// How an apply can end, as a notice tells it.
  public enum Occasion: String, Hashable, Sendable, CaseIterable {
    /// All of a plan was applied.
    case applied
    /// A part of it was.
    case partial
    /// Nothing of it was.
    case failed
    /// What had been applied was undone: because something failed, or by `weir recover --undo`.
    case undone
    /// A rollback brought everything back.
    case rolledBack
    /// `weir recover --finish` brought an unfinished apply to its end.
    case recovered
    /// Nobody knows what became of it, or it could not be recorded: it is left to `weir recover`.
    case unfinished
  }

  /// The ARN of the SNS topic.
  public let topic: String
  /// What is told.
  public let occasions: Set<Occasion>

  /// The settings that `fields` hold.
  init?(_ fields: Fields?) {
    guard let fields, let topic = fields.string("sns")?.value else { return nil }
    self.topic = topic
    let words = fields.strings("on").compactMap { Occasion(rawValue: $0.value) }
    occasions = fields.has("on") ? Set(words) : Set(Occasion.allCases)
  }
}

extension NoticeSettings {
  /// What `notifications` takes.
  static let schema = ObjectSchema([
    Field(
      "sns", .string(topic), isRequired: true,
      doc: "The SNS topic that is told how each apply, rollback and recovery ended."),
    Field(
      "on", .list(.enumeration(Occasion.allCases.map(\.rawValue)), nonEmpty: true),
      doc: "Which ends are told: \(Occasion.allCases.map(\.rawValue).joined(separator: ", ")); "
        + "else all."),
  ])

  private static let topic = StringRule(
    "an ARN of an SNS topic", example: "arn:aws:sns:us-east-2:123456789012:cost-alerts",
    pattern: #"arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}(\.fifo)?"#)
}
