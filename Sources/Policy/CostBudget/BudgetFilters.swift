internal import Manifests
internal import Model
internal import YAMLReader

/// Which cost a budget counts.
struct BudgetFilters {
  private var filters: [String: Value] = [:]
  private var terms: [Value] = []
  private let places: [String: SourceRange]

  /// The filters of a budget; nil where it says nothing about them.
  init?(_ fields: Fields, into diagnostics: inout Diagnostics) {
    guard fields.has("services") || fields.has("tags") else { return nil }
    var places: [String: SourceRange] = [:]
    if fields.has("services") { places["Service"] = fields.range(of: "services") }
    if fields.has("tags") { places["TagKeyValue"] = fields.range(of: "tags") }
    self.places = places
    var services = Set<String>()
    for service in fields.strings("services") {
      services.formUnion(costExplorerNames(of: service, into: &diagnostics))
    }
    if !services.isEmpty {
      let values = Value.list(services.sorted().map(Value.string))
      filters["Service"] = values
      terms.append(["Dimensions": ["Key": "SERVICE", "Values": values]])
    }
    var tags = Set<String>()
    let wanted = fields.tagFilter(into: &diagnostics)?.values ?? [:]
    for (key, values) in wanted.sorted(by: { $0.key < $1.key }) {
      tags.formUnion(values.map { Self.tag(key, $0) })
      terms.append(["Tags": ["Key": .string(key), "Values": .list(values.map(Value.string))]])
    }
    if !tags.isEmpty { filters["TagKeyValue"] = .list(tags.sorted().map(Value.string)) }
  }

  /// Asks for the filters; for none at all where both fields are empty.
  ///
  /// - Parameter asExpression: whether in the newer form, which goes with a metric.
  func ask(_ wishes: inout Wishes, asExpression: Bool) {
    guard let place = places["Service"] ?? places["TagKeyValue"] else { return }
    if asExpression {
      wishes.set("filterExpression", expression.map(DesiredValue.exactly) ?? .absent, at: place)
      return
    }
    wishes.set("costFilters", filters.isEmpty ? .absent : .exactly(.map(filters)), at: place)
    for (name, range) in places { wishes.locate("costFilters.\(name)", at: range) }
  }

  /// All terms together: one as it is, several under `And` (API description of budgets, Expression).
  private var expression: Value? {
    terms.count > 1 ? ["And": .list(terms)] : terms.first
  }

  /// A tag as AWS Budgets filters by it. A tag that AWS itself sets, such as `aws:createdBy`, has
  /// its prefix already; one that users set gets `user:` (AWS Budgets guide, filters of a budget).
  private static func tag(_ key: String, _ value: String) -> String {
    key.hasPrefix("aws:") ? "\(key)$\(value)" : "user:\(key)$\(value)"
  }
}
