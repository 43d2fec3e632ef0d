/// How the value of an attribute is written as a scalar of a manifest, so that a value can go the
/// way back from AWS to the file.
public enum WrittenForm: Hashable, Sendable {
  /// A quantity with a unit.
  public enum Quantity: Hashable, Sendable {
    case money, percent, duration, dataSize, dataRate, cpu
  }

  /// A whole number as it is.
  case integer
  /// A text as it is.
  case text
  /// A word for each value.
  case words([String: Value])
  /// `true` or `false`.
  public static let boolean = WrittenForm.words(["true": true, "false": false])
  /// A number with a unit. One of the attribute's is `scale` of the quantity's own: seconds, bytes,
  /// bits a second, CPU units, dollars or percent.
  case quantity(Quantity, scale: Int = 1)
}
