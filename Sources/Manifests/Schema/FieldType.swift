public import Model

/// What a field of a manifest holds.
///
/// Validation reads it, and so will `weir explain` and the JSON Schema: a kind says once what it
/// takes. Quantities carry their unit; the comments say what a typed value comes out as.
public indirect enum FieldType: Hashable, Sendable {
  /// Text; an unquoted number or Boolean is none.
  case string(StringRule? = nil)
  /// A whole number within a range.
  case integer(ClosedRange<Int>? = nil)
  /// Any number, exact (`Decimal`).
  case number
  case boolean
  /// A number with its unit; see below.
  case quantity(WrittenForm.Quantity)
  /// One of some words.
  case enumeration([String])
  case list(FieldType, nonEmpty: Bool = false)
  /// Free keys, values of one type.
  case map(FieldType)
  case object(ObjectSchema)
  /// An IANA name such as `Europe/Berlin`.
  case timeZone
  /// `08:30` (`TimeOfDay`).
  case timeOfDay
  /// `mon-fri`, or a list of such (`[Weekday]`).
  case weekdays
  /// The twelve digits of an AWS account.
  case accountID
  /// Whatever it is (`Node`).
  case any
}

extension FieldType {
  /// `800 USD` (`MoneyAmount`).
  public static let money = FieldType.quantity(.money)
  /// `85%` (`Decimal`, here 85).
  public static let percent = FieldType.quantity(.percent)
  /// `15m` (`Int`, seconds).
  public static let duration = FieldType.quantity(.duration)
  /// `2 GB` (`Int64`, bytes). As ECS, EBS and S3 mean it, GB is GiB: 1024 MB.
  public static let dataSize = FieldType.quantity(.dataSize)
  /// `20 Mbps` (`Int64`, bits a second), decimal; `1 MiB/s` is binary.
  public static let dataRate = FieldType.quantity(.dataRate)
  /// `0.5 vCPU`, `512 units` or `512` (`Int`, 1024 a vCPU).
  public static let cpu = FieldType.quantity(.cpu)

  /// The type in words, with an example where the form is not plain.
  public var phrase: String {
    switch self {
    case .string(let rule): rule.map { "\($0.meaning) such as \($0.example)" } ?? "a text"
    case .integer(let range):
      range.map { "a whole number from \($0.lowerBound) to \($0.upperBound)" } ?? "a whole number"
    case .number: "a number"
    case .boolean: "true or false"
    case .enumeration(let words): "one of " + words.joined(separator: ", ")
    case .list: "a list"
    case .map, .object: "a mapping"
    case .timeZone: "a time zone such as Europe/Berlin"
    case .timeOfDay: "a time of day such as 08:30"
    case .weekdays: "days of the week such as mon-fri"
    case .accountID: "an account of 12 digits such as \"123456789012\""
    case .any: "a value"
    case .quantity(let quantity): "\(quantity.measure.noun) such as \(quantity.measure.example)"
    }
  }
}
