public import Foundation

/// What something without a price of its own costs as a part of the price of something else: an
/// estimate, that whoever shows it must call one.
public struct PriceFactor: Hashable, Sendable {
  /// The part, below 1.
  public let share: Decimal
  /// The day on which it was said, `YYYY-MM-DD`.
  public let asOf: String
  /// Where it is known from.
  public let source: String

  /// The part in percent, as digits.
  public var percent: String { (share * 100).description }
}

extension PriceCatalog {
  /// Fargate Spot, of the price on demand. Its price varies, and is "up to 70% off".
  public static let fargateSpot = PriceFactor(
    share: Decimal(3) / 10, asOf: "2026-03-10",
    source: "aws.amazon.com/fargate/pricing, retold at wring.co/blog/aws-fargate-pricing-guide and"
      + " cloudburn.io; no fixed price is published")
}
