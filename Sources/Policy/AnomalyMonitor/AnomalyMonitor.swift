internal import Foundation
internal import Manifests
internal import Model

/// `AnomalyMonitor`: whom to tell of cost that is out of the usual.
enum AnomalyMonitor: ManifestKind {
  static let schema = KindSchema(
    kind: "AnomalyMonitor",
    doc: """
      Whom to tell of cost that is out of the usual.

      It becomes a monitor of AWS Cost Anomaly Detection and a subscription to it, both found by name, since AWS's \
      identifiers say nothing. Without `tags` and `costCategory` the monitor watches each service; \
      an account has only one of that sort, which AWS often makes by itself as \
      `Default-Services-Monitor`: name that one under `name`. What a monitor watches cannot be changed: give it another \
      `name`. AWS sends e-mail daily or weekly, and tells an SNS topic at once. AWS's price list has \
      0.01 USD for a request to Cost Explorer; whether it bills those about monitors too is not documented \
      (a plan makes three, for up to a page of each).
      """,
    spec: ObjectSchema([
      Field("name", .string(name), doc: "The monitor's name in AWS; else the manifest's."),
      Field(
        "tags", .map(.any), doc: "A cost allocation tag with the values that are watched together."),
      Field(
        "costCategory", .map(.any),
        doc: "A cost category with the values that are watched together."
      ),
      Field("threshold", .object(threshold), isRequired: true, doc: "What is worth telling."),
      Field(
        "frequency", .enumeration(["immediate", "daily", "weekly"]), isRequired: true,
        doc: "How often to tell: immediate for SNS, daily or weekly for e-mail."),
      Field("notify", .object(BudgetThreshold.notify), isRequired: true, doc: "Whom to tell."),
    ]))

  private static let threshold = ObjectSchema([
    Field("amount", .money, doc: "The least impact as an amount."),
    Field("percent", .percent, doc: "The least impact in percent of the expected cost."),
    Field("match", .enumeration(["any", "all"]), doc: "Which of both must be reached; else all."),
  ])

  private static let name = StringRule(
    "a name of 1 to 1024 characters", example: "services", pattern: "[^\\x00-\\x1f]{1,1024}")

  static func compile(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredResource] {
    let fields = manifest.fields
    let name = fields.string("name") ?? manifest.name
    var monitor = Wishes()
    watch(fields, at: name.range, &monitor, into: &diagnostics)
    let monitorAddress = Address("ce/anomaly-monitor", name.value)
    var subscription = Wishes()
    subscription.set("monitors", to: [.string(name.value)], at: name.range)
    if let expression = expression(fields, into: &diagnostics) {
      subscription.set("thresholdExpression", to: expression, at: fields.range(of: "threshold"))
    }
    let frequency = fields.string("frequency")
    if let frequency {
      let words = ["immediate", "daily", "weekly"]
      subscription.set(
        "frequency", to: .string(frequency.value.uppercased()), at: frequency.range,
        as: .words(
          Dictionary(
            words.map { ($0, Value.string($0.uppercased())) }, uniquingKeysWith: { $1 })))
    }
    if let notify = fields.object("notify") {
      let told = BudgetSubscriber.all(in: notify, into: &diagnostics)
      subscription.set("subscribers", to: .list(told.map(\.value)), at: notify.range)
      if let frequency { check(notify, frequency, into: &diagnostics) }
    }
    return [
      manifest.resource(monitorAddress, monitor, in: context),
      manifest.resource(
        Address("ce/anomaly-subscription", name.value), subscription, in: context,
        dependsOn: [monitorAddress]),
    ]
  }

  /// API description of ce, AnomalySubscription.Frequency.
  private static func check(
    _ notify: Fields, _ frequency: Located<String>, into diagnostics: inout Diagnostics
  ) {
    let wrong = frequency.value == "immediate" ? "email" : "sns"
    guard notify.has(wrong) else { return }
    diagnostics.add(
      error: "a way that does not go with the frequency", at: notify.keyRange(of: wrong),
      detail: "AWS tells SNS topics at once, and e-mail addresses daily or weekly.",
      hint: wrong == "email"
        ? "Write `frequency: daily`, or tell an SNS topic." : "Write `frequency: immediate`.")
  }

  private static func watch(
    _ fields: Fields, at range: SourceRange, _ wishes: inout Wishes,
    into diagnostics: inout Diagnostics
  ) {
    let forms = [
      (field: "tags", member: "Tags"), (field: "costCategory", member: "CostCategories"),
    ]
    let used = forms.filter { fields.has($0.field) }
    guard let form = used.first else {
      wishes.set("monitorType", to: "DIMENSIONAL", at: range)
      wishes.set("dimension", to: "SERVICE", at: range)
      return
    }
    let place = fields.range(of: form.field)
    let before = diagnostics.all.count
    let values = fields.tagFilter(form.field, into: &diagnostics)?.values ?? [:]
    guard fields.isWhole(form.field) else { return }
    guard used.count == 1, values.count == 1, let (key, watched) = values.first else {
      diagnostics.add(
        error: "expected one tag or one cost category", at: place,
        detail: "A monitor watches the values of a single tag or cost category.")
      return
    }
    if diagnostics.all.count == before, watched.isEmpty || watched.count > 10 {
      diagnostics.add(
        error: "expected 1 to 10 values", at: place,
        detail: "A monitor watches at most 10 values together; these are \(watched.count).")
    }
    wishes.set("monitorType", to: "CUSTOM", at: place)
    wishes.set(
      "specification",
      to: [
        form.member: ["Key": .string(key), "Values": .list(watched.sorted().map(Value.string))]
      ], at: place)
  }

  /// API description of ce, AnomalySubscription.ThresholdExpression: ANOMALY_TOTAL_IMPACT_ABSOLUTE and
  /// ANOMALY_TOTAL_IMPACT_PERCENTAGE, GREATER_THAN_OR_EQUAL, values as texts, And or Or between them.
  private static func expression(
    _ fields: Fields, into diagnostics: inout Diagnostics
  ) -> Value? {
    guard let threshold = fields.object("threshold") else { return nil }
    var terms: [Value] = []
    func add(_ key: String, _ number: Located<Decimal>) {
      if number.value < 0 {
        diagnostics.add(
          error: "a threshold out of range", at: number.range, detail: "It is at least 0.")
      }
      terms.append([
        "Dimensions": [
          "Key": .string("ANOMALY_TOTAL_IMPACT_\(key)"),
          "MatchOptions": ["GREATER_THAN_OR_EQUAL"], "Values": [.string("\(number.value)")],
        ]
      ])
    }
    if let amount = threshold.money("amount") { add("ABSOLUTE", amount.map(\.amount)) }
    if let percent = threshold.percent("percent") { add("PERCENTAGE", percent) }
    if !threshold.has("amount"), !threshold.has("percent") {
      diagnostics.add(
        error: "expected `amount` or `percent`", at: threshold.range,
        detail: "A threshold has one of them or both: amount: 100 USD, percent: 40%.")
    }
    guard terms.count == 2 else { return terms.first }
    return [threshold.string("match")?.value == "any" ? "Or" : "And": .list(terms)]
  }
}
