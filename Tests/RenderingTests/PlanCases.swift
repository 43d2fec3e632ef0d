import Foundation
import Model

/// The plans that every format is tried with, by the name of their snapshots.
enum PlanCase: String, CaseIterable, Sendable {
  case empty, design, everyAction, driftOnly, problems, folded, unknownCosts, sensitive, nasty
  case rollback, uncommitted, refused, selected, longValues, manyTypes, parts, account
  case guarded

  var plan: Plan {
    switch self {
    case .empty: RenderingTests.plan()
    case .design: RenderingTests.plan([serviceChange], drift: [budgetDrift])
    case .everyAction: RenderingTests.plan(actionChanges)
    case .driftOnly: RenderingTests.plan(drift: drifts)
    case .problems: RenderingTests.plan([serviceChange], problems: problemExamples)
    case .folded: RenderingTests.plan([serviceChange] + logGroups(300))
    case .unknownCosts: RenderingTests.plan(unknownChanges)
    case .sensitive: RenderingTests.plan(sensitiveChanges)
    case .nasty:
      RenderingTests.plan(
        nastyChanges,
        drift: [
          Drift(
            address: Address("budgets/budget", nastyName),
            fields: [field("limit", 1, .string(nastyName))],
            isMissing: false, serial: 3, isReverted: true)
        ],
        problems: [PlanProblem(.refusedByAWS, Address("a/b", nastyName), nastyName)])
    case .refused: RenderingTests.plan(problems: [problemExamples[1]])
    case .selected: RenderingTests.plan([serviceChange], selection: ["ecs/*", "s3/*"])
    case .longValues: RenderingTests.plan(longChanges)
    case .manyTypes: RenderingTests.plan(typeChanges)
    case .parts: RenderingTests.plan(partChanges, drift: partDrifts)
    case .account: RenderingTests.plan(accountChanges)
    case .guarded: guardedPlan
    case .rollback:
      RenderingTests.plan(
        [
          change(
            .update, "ecs/service", "pythonide-cluster/pythonide-service",
            [field("cpu", 1024, 2048), field("desiredCount", 1, 2)],
            cost: CostChange(before: dollars("36.0401"), after: dollars("170.1216")),
            reason: .rollback(12))
        ], goal: .rollback(to: 12))
    case .uncommitted:
      RenderingTests.plan(
        [serviceChange], isDirty: true,
        refreshed: [applied("ssm/parameter", "/pythonide/limits", ["tier": "free"], serial: 4)])
    }
  }
}

let nastyName = "a|b `c` \u{1B}[31mred\n| x | y |\r@octocat #12 <b>&amp;</b> \u{202E}evil 🚀 日本"

private let actionChanges = [
  change(
    .create, "budgets/budget", "pythonide-monthly",
    [
      field("limit", nil, 800, at: 5), field("period", nil, "MONTHLY", at: 6),
      field("costFilters", nil, ["TagKeyValue": ["user:app$pythonide", "user:app$web"]], at: 7),
    ], cost: CostChange(before: .zero, after: dollars("0.00"))),
  change(
    .delete, "cloudwatch/alarm", "old-alarm", [field("threshold", 80, nil)],
    cost: CostChange(before: dollars("0.10"), after: .zero),
    reason: .removed(ManifestReference(kind: "Alarm", name: "old"), .restore)),
  change(
    .update, "ecs/service", "web/api", [field("cpu", 512, 1024)],
    cost: CostChange(before: dollars("9.01"), after: dollars("18.02")),
    reason: .removed(ManifestReference(kind: "TaskSize", name: "api"), .restore)),
  change(
    .adopt, "ecs/service", "web/web",
    cost: CostChange(before: dollars("36.0401"), after: dollars("36.0401"))),
  change(
    .update, "s3/lifecycle", "pythonide-user-files",
    [
      field("rules.logs.Expiration.Days", nil, 90, at: 12),
      field(
        "rules.logs.Filter", ["Prefix": "logs/"], ["Prefix": "log/", "Size": 12.asValue], at: 13),
      field("rules.old", "Enabled", nil),
    ],
    notes: ["the rules that others wrote stay as they are"]),
  change(
    .forget, "ssm/parameter", "/pythonide/limits",
    reason: .removed(ManifestReference(kind: "TierLimits", name: "limits"), .keep)),
]

extension Int {
  fileprivate var asValue: Value { Value(self) }
}

private let drifts = [
  budgetDrift,
  Drift(
    address: Address("ecs/service", "web/web"),
    fields: [field("cpu", 512, 1024), field("memory", 1024, nil)], isMissing: false, serial: 9,
    isReverted: false),
  Drift(
    address: Address("ssm/parameter", "/pythonide/limits"), fields: [], isMissing: true, serial: 4,
    isReverted: false),
]

/// A plan that goes beyond limits, one of which is let pass, and that takes permissions.
private let guardedPlan: Plan = {
  var changes = actionChanges
  changes.append(
    Change(
      address: Address("s3/lifecycle", "z-exports"), action: .update, reason: .manifest(sizes),
      before: LiveResource(attributes: [:]), set: [:], unset: [], recorded: [:],
      fields: [field("rules.all.Expiration.Days", nil, 1, at: 4)],
      cost: CostChange(before: .zero, after: .zero), after: [], outcome: nil, notes: [],
      irreversible: "Objects older than a day are deleted for good."))
  changes.append(
    Change(
      address: Address("dlm/policy", "nightly"), action: .delete, reason: .manifest(sizes),
      before: LiveResource(attributes: [:]), set: [:], unset: [], recorded: [:],
      fields: [field("state", "ENABLED", nil)], cost: CostChange(before: .zero, after: .zero),
      after: [], outcome: nil, notes: [], irreversible: "Its snapshots stay."))
  changes.sort { $0.address < $1.address }
  var plan = RenderingTests.plan(
    changes,
    drift: [
      Drift(
        address: Address("eks/node-group", "shop/workers"),
        fields: [field("maxSize", 1, 9), field("labels", "a", "b")], isMissing: false, serial: 1,
        isReverted: true, windowed: ["maxSize"])
    ],
    problems: [
      PlanProblem(
        GuardrailBreach(.maxDeletes, figure: 1, limit: 0),
        "It deletes 1, and the project allows 0 in one apply."),
      PlanProblem(
        GuardrailBreach(.maxChanges, figure: 5, limit: 4), isOverridden: true,
        "It makes 5 changes, and the project allows 4 in one apply. It was let pass."),
      PlanProblem(remark: "The cost of 2 of its changes is not wholly known."),
    ])
  plan.permissions = [.delete, .irreversible]
  return plan
}()

private let problemExamples = [
  PlanProblem(
    .protected, Address("budgets/budget", "pythonide-monthly"),
    "It would be deleted, but it is protected. Take protect away from the environment first, apply, and delete the manifest then.",
    source: place("weir.yaml", 14)),
  PlanProblem(
    .missingResource, Address("ecs/service", "web/gone"),
    "There is no such service in AWS, and Weir only changes services.",
    source: place("manifests/web/tasks.yaml", 3)),
  PlanProblem(
    .remark, Address("s3/lifecycle", "pythonide-user-files"),
    "Objects under 128 KB are not moved to Standard-IA."),
]

/// `count` changes that differ in nothing but their names.
func logGroups(_ count: Int) -> [Change] {
  (1...count).map { number in
    change(
      .update, "logs/log-group", "/aws/lambda/worker-\(number)",
      [field("retention", nil, 30, at: 4)],
      cost: CostChange(before: dollars("1.25"), after: dollars("0.50")))
  }
}

private let unknownChanges = [
  change(
    .create, "cloudwatch/alarm", "cpu", [field("threshold", nil, 80, at: 3)],
    cost: CostChange(
      before: .zero, after: dollars("0.10", unknowns: ["depends on the metrics it watches"]))),
  change(
    .update, "ecs/service", "web/web", [field("cpu", 1024, 512, at: 9)],
    cost: CostChange(
      before: dollars("36.04", unknowns: ["depends on the traffic"]),
      after: dollars("18.02", unknowns: ["depends on the traffic"]))),
  change(
    .update, "s3/lifecycle", "files", [field("rules.logs.Expiration.Days", 365, 90, at: 12)],
    cost: CostChange(
      before: .unknown("depends on the data stored"), after: .unknown("depends on the data stored"))
  ),
]

private let sensitiveChanges = [
  change(
    .update, "budgets/budget", "pythonide-monthly",
    [
      field("subscribers", .sensitive(.digest("aa")), .sensitive(.digest("bb")), at: 8),
      field("webhook", nil, .sensitive(.digest("cc")), at: 9),
      field("list", [.sensitive(.digest("aa")), 1], [.sensitive(.digest("bb")), 1], at: 10),
    ])
]

private let nastyChanges = [
  change(
    .update, "a/b", nastyName,
    [
      field(nastyName, .string(nastyName), .string(String(repeating: "日本", count: 60)), at: 4),
      field("blank", "", "true"), field("number", "12", 12), field("arrow", "a -> b", " padded "),
    ], notes: [nastyName]),
  change(.create, "a/c", "``` fence", [field("x", nil, .string("```\n</details>"))]),
]

private let longText = String(repeating: "arn:aws:sns:us-east-2:123456789012:", count: 4)

private let longChanges = [
  change(
    .update, "budgets/budget", "pythonide-monthly",
    [
      field("topic", .string(longText + "old"), .string(longText + "new"), at: 8),
      field(
        "policy", nil, ["Statement": [["Action": "sns:Publish", "Resource": .string(longText)]]]),
      field("a.very.long.path.to.a.leaf.that.nobody.would.want.to.read", 1, 2, at: 4),
      field("truth", true, nil), field("nothing", [:], []),
    ],
    notes: [
      "While the window nights is in force (until 06:00 Europe/Vienna), its values are the ones wanted: cpu 512 and memory 1024."
    ])
]

private let typeChanges = (1...30).map { number in
  change(
    number.isMultiple(of: 3) ? .create : .update, "type/\(number % 4)", "name-\(number)",
    [field("size", Value(number), Value(number * 2), at: number)],
    cost: CostChange(before: dollars("\(number)"), after: dollars("\(number * 2)")))
}
