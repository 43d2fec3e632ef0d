internal import Foundation
internal import Model
internal import Pricing

/// What an alarm costs: each metric that it looks at, by its resolution.
struct AlarmCost {
  let attributes: [String: Value]
  let context: [String: Value]
  let region: String
  let prices: PriceCatalog

  /// The cost a month. An anomaly band counts as two metrics more (aws.amazon.com/cloudwatch/pricing).
  var monthly: MonthlyCost {
    if context["query"] == true { return .unknown("how many series the alarm's query finds") }
    guard let queries = attributes["metrics"]?.elements else {
      return cost(of: 1, period: attributes["period"])
    }
    let expressions = queries.compactMap { $0["Expression"]?.string?.uppercased() }
    if expressions.contains(where: { $0.contains("SELECT ") || $0.contains("SEARCH(") }) {
      return .unknown("how many metrics the alarm's query finds")
    }
    let isBand = expressions.contains { $0.contains("ANOMALY_DETECTION_BAND") }
    return queries.compactMap { $0["MetricStat"] }.reduce(.zero) {
      $0 + cost(of: isBand ? 3 : 1, period: $1["Period"])
    }
  }

  private func cost(of metrics: Decimal, period: Value?) -> MonthlyCost {
    let isFine = (period?.numeral ?? 60) < 60
    return prices.monthlyCost(
      of: isFine ? .highResolutionAlarm : .alarm, quantity: metrics, in: region, called: "alarms")
  }
}
