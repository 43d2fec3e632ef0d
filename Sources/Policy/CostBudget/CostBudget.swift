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
      Field("limit", .money, isRequired: true, doc: "What may be spent in a period."),
      Field(
        "period", .enumeration(periods.map(\.word)), doc: "How long a period is; else monthly."),
      Field(
        "services", .list(.string()),
        doc: "The services that count, as AmazonEC2 or as Cost Explorer names them; else all."),
      Field(
        "tags", .map(.any),
        doc: "The cost allocation tags that count: a value or a list of them for each key."),
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
  private static let periods = [
    (word: "monthly", unit: "MONTHLY"), (word: "daily", unit: "DAILY"),
    (word: "quarterly", unit: "QUARTERLY"), (word: "annually", unit: "ANNUALLY"),
  ]

  static func compile(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredResource] {
    let fields = manifest.fields
    let name = fields.string("name") ?? manifest.name
    if fields.has("name"), fields.string("name") == nil { return [] }
    var wishes = Wishes()
    if let limit = fields.money("limit") {
      wishes.set(
        "limit", to: .number(limit.amount), at: limit.range, as: .quantity(.money))
      wishes.set("currency", to: .string(limit.currency), at: limit.range)
    }
    let period = fields.string("period")
    let unit = periods.first { $0.word == period?.value ?? "monthly" }?.unit ?? "MONTHLY"
    wishes.set(
      "timeUnit", to: .string(unit), at: period?.range ?? name.range,
      as: period.map { _ in
        .words(
          Dictionary(
            periods.map { ($0.word, Value.string($0.unit)) }, uniquingKeysWith: { $1 }))
      })
    if let filters = BudgetFilters(fields, into: &diagnostics) { filters.ask(&wishes) }
    let thresholds = BudgetThreshold.all(in: fields, isDaily: unit == "DAILY", into: &diagnostics)
    for threshold in thresholds {
      wishes.set(
        threshold.attribute, to: .list(threshold.subscribers.map(\.value)), at: threshold.range)
    }
    return [manifest.resource(Address("budgets/budget", name.value), wishes, in: context)]
  }
}
