/// What of the cost a budget counts; the raw value is AWS's word (API description of budgets, Metric).
///
/// A budget that names its metric is filtered by an expression, the form that AWS recommends: either
/// that, or filters without a metric.
enum BudgetMetric: String, CaseIterable {
  case unblended = "UnblendedCost"
  case blended = "BlendedCost"
  case amortized = "AmortizedCost"
  case netUnblended = "NetUnblendedCost"
  case netAmortized = "NetAmortizedCost"

  /// The word in manifests.
  var word: String {
    switch self {
    case .unblended: "unblended"
    case .blended: "blended"
    case .amortized: "amortized"
    case .netUnblended: "net-unblended"
    case .netAmortized: "net-amortized"
    }
  }
}
