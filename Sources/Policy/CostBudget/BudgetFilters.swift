internal import Manifests
internal import Model
internal import YAMLReader

/// Which cost a budget counts.
struct BudgetFilters {
  private var filters: [String: Value] = [:]
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
    if !services.isEmpty { filters["Service"] = .list(services.sorted().map(Value.string)) }
    var tags = Set<String>()
    for (key, values) in fields.tagFilter(into: &diagnostics)?.values ?? [:] {
      tags.formUnion(values.map { Self.tag(key, $0) })
    }
    if !tags.isEmpty { filters["TagKeyValue"] = .list(tags.sorted().map(Value.string)) }
  }

  /// Asks for the filters; for none at all where both fields are empty.
  func ask(_ wishes: inout Wishes) {
    guard let place = places["Service"] ?? places["TagKeyValue"] else { return }
    wishes.set("costFilters", filters.isEmpty ? .absent : .exactly(.map(filters)), at: place)
    for (name, range) in places { wishes.locate("costFilters.\(name)", at: range) }
  }

  /// A tag as AWS Budgets filters by it. A tag that AWS itself sets, such as `aws:createdBy`, has
  /// its prefix already; one that users set gets `user:` (AWS Budgets guide, filters of a budget).
  private static func tag(_ key: String, _ value: String) -> String {
    key.hasPrefix("aws:") ? "\(key)$\(value)" : "user:\(key)$\(value)"
  }
}
