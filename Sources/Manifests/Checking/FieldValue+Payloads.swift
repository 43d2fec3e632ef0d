public import Foundation
public import YAMLReader

extension FieldValue {
  /// The text of a `string`, `enumeration`, `timeZone` or `accountID`.
  public var string: String? { if case .string(let text) = self { text } else { nil } }

  /// The whole number.
  public var integer: Int? { if case .integer(let number) = self { number } else { nil } }

  /// The number.
  public var decimal: Decimal? { if case .number(let number) = self { number } else { nil } }

  /// The truth.
  public var bool: Bool? { if case .boolean(let truth) = self { truth } else { nil } }

  /// The money.
  public var money: MoneyAmount? { if case .money(let money) = self { money } else { nil } }

  /// The percentage: 85 for `85%`.
  public var percent: Decimal? { if case .percent(let number) = self { number } else { nil } }

  /// The seconds of a duration.
  public var duration: Int? { if case .duration(let seconds) = self { seconds } else { nil } }

  /// The bytes of a size.
  public var bytes: Int64? { if case .dataSize(let bytes) = self { bytes } else { nil } }

  /// The bits a second of a data rate.
  public var bitsPerSecond: Int64? { if case .dataRate(let bits) = self { bits } else { nil } }

  /// The units of a CPU size, 1024 a vCPU.
  public var cpuUnits: Int? { if case .cpu(let units) = self { units } else { nil } }

  /// The time of day.
  public var timeOfDay: TimeOfDay? { if case .timeOfDay(let time) = self { time } else { nil } }

  /// The days of the week.
  public var weekdays: [Weekday]? { if case .weekdays(let days) = self { days } else { nil } }

  /// The elements of a list.
  public var list: [Located<FieldValue>]? { if case .list(let list) = self { list } else { nil } }

  /// The entries of a map.
  public var map: [FieldEntry]? { if case .map(let entries) = self { entries } else { nil } }

  /// The fields of an object.
  public var object: Fields? { if case .object(let fields) = self { fields } else { nil } }

  /// The node of an `any`.
  public var node: Node? { if case .any(let node) = self { node } else { nil } }
}
