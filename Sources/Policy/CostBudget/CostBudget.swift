internal import Manifests
internal import Model

/// `CostBudget`: a limit for what is spent in a period, and whom to tell on the way there.
enum CostBudget: ManifestKind {
  static let schema = KindSchema(
    kind: "CostBudget",
    doc: """
      A limit for what is spent in a period, and whom to tell on the way there.

      It becomes a budget of AWS Budgets with one notification per threshold. Notifications of an \
      existing budget that the manifest does not mention stay as they are. The filter of an \
      existing budget stays as long as the manifest has neither `services` nor `tags`; with either \
      of them it is replaced as a whole, and with both empty it is taken away.
      """,
    spec: ObjectSchema([
      Field("name", .string(name), doc: "The budget's name in AWS; else the manifest's."),
      Field("limit", .money, doc: "What may be spent in a period."),
      Field(
        "file", .string(),
        doc: "A YAML file of budgets, from the manifest's folder; instead of `limit`."),
      Field(
        "period", .enumeration(periods.map(\.word)), doc: "How long a period is; else monthly."),
      Field(
        "services", .list(.string()),
        doc: "The services that count, as AmazonEC2 or as Cost Explorer names them; else all."),
      Field(
        "tags", .map(.any),
        doc: "The cost allocation tags that count: a value or a list of them for each key."),
      Field(
        "metric", .enumeration(BudgetMetric.allCases.map(\.word)),
        doc: "What of the cost counts; else as AWS counts by default, unblended."),
      Field("notify", .object(BudgetThreshold.notify), doc: "Whom thresholds tell by default."),
      Field(
        "thresholds", .list(.object(BudgetThreshold.schema)),
        doc: "When to tell somebody; none is told where AWS has no notification yet."),
    ]))

  /// API description of budgets, BudgetName: at most 100 characters, no `:`, `\` and `/action/`.
  private static let name = StringRule(
    #"a budget name of 1 to 100 characters without `:`, `\` and `/action/`"#,
    example: "web-monthly", pattern: #"(?!.*/action/)[^:\\]{1,100}"#)

  /// API description of budgets, TimeUnit. CUSTOM, which has a fixed end, is not offered.
  static let periods = [
    (word: "monthly", unit: "MONTHLY"), (word: "daily", unit: "DAILY"),
    (word: "quarterly", unit: "QUARTERLY"), (word: "annually", unit: "ANNUALLY"),
  ]

  /// AWS's word for a period; monthly where none is given.
  static func unit(_ period: String?) -> String {
    periods.first { $0.word == period ?? "monthly" }?.unit ?? "MONTHLY"
  }

  /// Reports a name that AWS Budgets does not take.
  static func checkName(_ name: Located<String>, into diagnostics: inout Diagnostics) {
    guard !Self.name.allows(name.value) else { return }
    diagnostics.add(
      error: "not a budget's name", at: name.range,
      detail: "`\(name.value)` is not \(Self.name.meaning).")
  }

  static func compile(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredResource] {
    let fields = manifest.fields
    let name = fields.string("name") ?? manifest.name
    if fields.has("name"), fields.string("name") == nil { return [] }
    let alone = ["limit", "period", "services", "tags", "metric", "thresholds"]
    if fields.has("file") {
      for field in alone where fields.has(field) {
        diagnostics.add(
          error: "two places for the same", at: fields.keyRange(of: field),
          detail: "`file` brings the budgets, so that `\(field)` has no effect.",
          hint: "Leave out one of them.")
      }
      let notify = fields.object("notify").map { BudgetSubscriber.all(in: $0, into: &diagnostics) }
      guard let path = fields.string("file"),
        let file = BudgetFile(path, of: manifest, in: context, into: &diagnostics)
      else { return [] }
      return file.resources(prefix: name.value, notify: notify ?? [], into: &diagnostics)
    }
    if !fields.has("limit") {
      diagnostics.add(
        error: "a required field is missing", at: fields.range,
        detail: "`limit` is missing in `spec`: what may be spent in a period.",
        hint: "Write `limit: 800 USD`, or name a file of budgets under `file`.")
    }
    var wishes = Wishes()
    if let limit = fields.money("limit") {
      wishes.set(
        "limit", to: .number(limit.amount), at: limit.range, as: .quantity(.money))
      wishes.set("currency", to: .string(limit.currency), at: limit.range)
    }
    let period = fields.string("period")
    let unit = unit(period?.value)
    wishes.set(
      "timeUnit", to: .string(unit), at: period?.range ?? name.range,
      as: period.map { _ in
        .words(
          Dictionary(
            periods.map { ($0.word, Value.string($0.unit)) }, uniquingKeysWith: { $1 }))
      })
    let metric = fields.string("metric").flatMap { word in
      BudgetMetric.allCases.first { $0.word == word.value }
        .map { Located($0, range: word.range) }
    }
    if let metric {
      wishes.set(
        "metric", to: .string(metric.value.rawValue), at: metric.range,
        as: .words(
          Dictionary(
            BudgetMetric.allCases.map { ($0.word, Value.string($0.rawValue)) },
            uniquingKeysWith: { $1 })))
    }
    if let filters = BudgetFilters(fields, into: &diagnostics) {
      filters.ask(&wishes, asExpression: metric != nil)
    }
    let thresholds = BudgetThreshold.all(in: fields, isDaily: unit == "DAILY", into: &diagnostics)
    for threshold in thresholds {
      wishes.set(
        threshold.attribute, to: .list(threshold.subscribers.map(\.value)), at: threshold.range)
    }
    return [manifest.resource(Address("budgets/budget", name.value), wishes, in: context)]
  }
}
