public import Foundation
public import YAMLReader

/// A value that has been found to be of its field's type.
public indirect enum FieldValue: Hashable, Sendable {
  /// Of `string`, `enumeration`, `timeZone` and `accountID`.
  case string(String)
  case integer(Int)
  case number(Decimal)
  case boolean(Bool)
  case money(MoneyAmount)
  /// 85 for `85%`.
  case percent(Decimal)
  /// In seconds.
  case duration(Int)
  /// In bytes.
  case dataSize(Int64)
  /// In bits a second.
  case dataRate(Int64)
  /// In units, 1024 a vCPU.
  case cpu(Int)
  case timeOfDay(TimeOfDay)
  case weekdays([Weekday])
  case list([Located<FieldValue>])
  /// In the order of the file.
  case map([FieldEntry])
  case object(Fields)
  case any(Node)
}

/// An entry of a map with free keys.
public struct FieldEntry: Hashable, Sendable {
  /// The key.
  public let key: Located<String>
  /// The value.
  public let value: Located<FieldValue>
}
