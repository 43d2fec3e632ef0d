public import Foundation

/// What one unit of an item costs in a region, with where that is known from.
public struct Price: Hashable, Sendable {
  /// What is counted.
  public enum Unit: String, Hashable, Sendable {
    /// A vCPU for an hour.
    case vCPUHour
    /// A GB for an hour.
    case gigabyteHour
    /// One of it for an hour.
    case hour
    /// A GB for a second.
    case gigabyteSecond
    /// A GB that passes.
    case gigabyte
    /// One of it for a month.
    case month
    /// A GB for a month.
    case gigabyteMonth

    /// How many of the unit one of it uses in a month that it runs through: AWS's own calculator
    /// counts 730 hours (365 days x 24 / 12).
    public var perMonth: Decimal {
      switch self {
      case .month, .gigabyteMonth, .gigabyte: 1
      case .gigabyteSecond: 730 * 3600
      case .hour, .vCPUHour, .gigabyteHour: 730
      }
    }
  }

  /// How much a price can be relied on.
  public enum Confidence: String, Hashable, Sendable {
    /// From AWS's price list or documentation.
    case official
    /// From the tests of a tool that AWS's price list feeds (Infracost).
    case golden
    /// Retold by somebody else.
    case secondary
  }

  /// The region of a price that is the same in every region.
  public static let everywhere = "*"

  /// What is priced.
  public let item: PricedItem
  /// The region, or `everywhere`.
  public let region: String
  /// USD for one unit; zero says that it is known to be free.
  public let amount: Decimal
  /// The unit.
  public let unit: Unit
  /// The day on which the price was true, `YYYY-MM-DD`.
  public let asOf: String
  /// Where it is known from.
  public let source: String
  /// How much it can be relied on.
  public let confidence: Confidence

  /// A price of `item`.
  public init(
    _ item: PricedItem, region: String, _ amount: Decimal, per unit: Unit, asOf: String,
    source: String, confidence: Confidence
  ) {
    self.item = item
    self.region = region
    self.amount = amount
    self.unit = unit
    self.asOf = asOf
    self.source = source
    self.confidence = confidence
  }
}
