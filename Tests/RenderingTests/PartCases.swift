import Foundation
import Model

private let topic: Value = [
  "address": "arn:aws:sns:us-east-2:123456789012:cost-alerts", "type": "SNS",
]
private let mail: Value = ["address": .sensitive(.digest("aa")), "type": "EMAIL"]
private let otherMail: Value = ["address": .sensitive(.digest("bb")), "type": "EMAIL"]

/// A document of a tier and its modes, as a service reads it from a parameter.
func limits(_ rates: [Int]) -> Value {
  let tiers = ["basic", "free", "premium"].enumerated().map { index, tier in
    let modes = ["normal", "warning", "throttle"].enumerated().map { step, mode in
      (
        mode,
        [
          "admission": step == 2 ? "premium-only" : "all", "maxBandwidth": Value(rates[index]),
          "note": "While spend is in this mode, new sessions of the tier are admitted as said here",
        ] as Value
      )
    }
    return (tier, ["modes": .map(Dictionary(uniqueKeysWithValues: modes))] as Value)
  }
  return [
    "modes": ["normal", "warning", "throttle", "emergency", "shutdown"], "schemaVersion": "1.0",
    "tiers": .map(Dictionary(uniqueKeysWithValues: tiers)),
  ]
}

private let script = (1...40).map { "step \($0)" }.joined(separator: "\n")

/// Changes of long values, part by part.
let partChanges = [
  change(
    .update, "budgets/budget", "pythonide-monthly",
    [
      field("limit", 900, 800, at: 7),
      field("notifications.ACTUAL > 70%", nil, [topic], at: 11),
      field("notifications.ACTUAL > 95%", [mail, topic], [otherMail, topic], at: 13),
      field("notifications.ACTUAL > 98%", [mail, topic, otherMail], nil),
      field(
        "description", "The budget of the teaching platform, which the dean reads every Monday",
        "The budget of the teaching platform, which the dean  reads each Monday, the staff daily",
        at: 8),
    ]),
  change(
    .update, "lambda/function", "sweep",
    [
      field("script", .string(script), .string(script.replacing("step 7\n", with: "  other\n\n"))),
      field(
        "layers", .list((1...30).map { .string("layer-\($0)") }),
        .list((2...31).map { .string($0 == 9 ? "9" : "layer-\($0)") })),
      field(
        "policy", ["Statement": [limits([1, 2, 3])], "Version": "2012-10-17"],
        [
          "Statement": [limits([1, 2, 3]), "(sensitive)"], "Version": "2012-10-17",
          "Id": "policy of the sweep",
        ]),
      field(
        "tiers", limits([1, 2, 3])["tiers"], limits([1, 7, 3])["tiers"]),
      field(
        "order", .list((1...12).map { .string("step-\($0)") }),
        .list(([2, 3, 1] + Array(4...12)).map { .string("step-\($0)") })),
    ]),
  change(
    .create, "ssm/parameter", "/pythonide/turn/limits",
    [field("tier", nil, "Standard", at: 7), field("value", nil, limits([2, 1, 5]), at: 15)]),
]

/// A resource whose list and whose number somebody else changed.
let partDrifts = [
  Drift(
    address: Address("budgets/budget", "pythonide-monthly"),
    fields: [
      field("limit", 800, 900),
      field("notifications.ACTUAL > 95%", [mail, topic], [topic, topic]),
    ], isMissing: false, serial: 12, isReverted: true)
]

/// What a first plan for an account tells, with its long names and paths.
let accountChanges = [
  change(
    .create, "application-autoscaling/scheduled-action",
    "ecs:service:DesiredCount/service/pythonide-cluster/pythonide-service#exams-finals-end",
    [
      field("maxCapacity", nil, 4, at: 14),
      field("schedule", nil, "at(2030-05-15T13:00:00)", at: 13),
    ],
    cost: CostChange(before: .zero, after: dollars("0.20"))),
  serviceChange,
  change(
    .update, "s3/lifecycle", "pythonide-data-123456789012",
    [
      field("rules.pythonide-logs.Expiration.Days", nil, 90, at: 18),
      field("rules.pythonide-logs.Status", nil, "Enabled", at: 16),
      field(
        "rules.pythonide-tiering.AbortIncompleteMultipartUpload.DaysAfterInitiation", nil, 7, at: 15
      ),
      field("rules.pythonide-tiering.Filter.Prefix", nil, "data/", at: 8),
      field("rules.pythonide-tiering.NoncurrentVersionExpiration.NoncurrentDays", nil, 30, at: 14),
      field(
        "rules.pythonide-tiering.Transitions", nil,
        [
          ["Days": 30, "StorageClass": "STANDARD_IA"], ["Days": 90, "StorageClass": "GLACIER_IR"],
        ], at: 11),
    ],
    cost: CostChange(
      before: .unknown("depends on the data stored"), after: .unknown("depends on the data stored"))
  ),
]
