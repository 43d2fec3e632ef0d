import Model
import Testing

@testable import Resources

/// A budget as AWS describes it, with members that Weir does not know.
let described: Value = [
  "BudgetName": "team: no", "BudgetLimit": ["Amount": "800.0", "Unit": "USD"],
  "TimeUnit": "MONTHLY", "BudgetType": "COST", "CostTypes": ["UseBlended": true],
  "CostFilters": ["Service": ["B", "A"]], "TimePeriod": ["Start": 1_700_000_000],
  "CalculatedSpend": ["ActualSpend": ["Amount": "1", "Unit": "USD"]],
  "LastUpdatedTime": 1_700_000_001, "HealthStatus": ["Status": "HEALTHY"],
  "Novelty": ["kept": true],
]

let actual80: Value = [
  "NotificationType": "ACTUAL", "ComparisonOperator": "GREATER_THAN", "Threshold": 80,
  "ThresholdType": "PERCENTAGE",
]

func mail(_ address: String) -> Value {
  ["SubscriptionType": "EMAIL", "Address": .string(address)]
}

func topic(_ arn: String) -> Value {
  ["SubscriptionType": "SNS", "Address": .string(arn)]
}

func budgetAccount(
  budgets: [Value] = [described], notifications: [Value] = [actual80],
  subscribers: [Value] = [topic("arn:b"), mail("z@x.org"), mail("a@x.org")]
) -> FakeAWS {
  FakeAWS { operation, input in
    switch operation {
    case "DescribeBudgets": page(budgets, of: "Budgets", size: 1000, input)
    case "DescribeBudget": ["Budget": budgets[0]]
    case "DescribeNotificationsForBudget":
      page(
        notifications.map { $0.with(["NotificationState": "OK"]) }, of: "Notifications", size: 100,
        input)
    case "DescribeBudgetNotificationsForAccount":
      page(
        budgets.map {
          ["BudgetName": $0["BudgetName"] ?? .null, "Notifications": .list(notifications)]
        },
        of: "BudgetNotificationsForAccount", size: 1000, input)
    case "DescribeSubscribersForNotification":
      page(subscribers, of: "Subscribers", size: 100, input)
    default: [:]
    }
  }
}

@Suite struct BudgetTests {
  @Test func readsABudgetInItsNormalForm() async throws {
    let name = "team: no"
    let live = try await resourceType("budgets/budget", budgetAccount()).read([name, "other"])
    #expect(Set(live.keys) == [name])
    #expect(
      live[name]?.attributes == [
        "limit": 800, "currency": "USD", "timeUnit": "MONTHLY",
        "costFilters": ["Service": ["A", "B"]],
        "notifications.ACTUAL > 80%": [
          ["type": "EMAIL", "address": .sensitive(.clear("a@x.org"))],
          ["type": "EMAIL", "address": .sensitive(.clear("z@x.org"))],
          ["type": "SNS", "address": "arn:b"],
        ],
      ])
    #expect(live[name]?.context["budgetType"] == "COST")
  }

  @Test(arguments: [(1, 1), (10, 1), (11, 1), (1000, 1), (1001, 2)])
  func readsAsManyPagesAsThereAre(count: Int, pages: Int) async throws {
    let budgets = (0..<count).map { described.with(["BudgetName": .string("b\($0)")]) }
    let aws = budgetAccount(budgets: budgets)
    let names = Set((0..<count).map { "b\($0)" })
    #expect(try await resourceType("budgets/budget", aws).read(names).count == count)
    #expect(aws.inputs(of: "DescribeBudgets").count == pages)
    // The notifications of all in as many pages, or those of one; the subscribers of each.
    #expect(aws.calls.count == 2 * pages + count)
    #expect(aws.mostRunning <= 8)
  }

  @Test func asksOnlyForTheNotificationsOfTheNamed() async throws {
    let budgets = (0..<50).map { described.with(["BudgetName": .string("b\($0)")]) }
    let aws = budgetAccount(budgets: budgets)
    let type = resourceType("budgets/budget", aws)
    _ = try await type.read(["b7"])
    #expect(aws.calls.count == 3)
    let two = try await type.read(["b7", "b8"])
    #expect(aws.calls.count == 3 + 4)
    #expect(two.values.allSatisfy { $0.attributes["notifications.ACTUAL > 80%"] != nil })
  }

  @Test func knowsAnAccountWithoutBudgets() async throws {
    let aws = FakeAWS { _, _ in throw FakeFailure(code: "NotFoundException") }
    #expect(try await resourceType("budgets/budget", aws).read(["b"]).isEmpty)
  }

  @Test func updateKeepsWhatItDoesNotSet() async throws {
    let aws = budgetAccount()
    try await resourceType("budgets/budget", aws).update(
      ResourceWrite(name: "team: no", live: nil, set: ["limit": 900]))
    #expect(aws.operations == ["DescribeBudget", "UpdateBudget"])
    let expected = described.with([
      "BudgetLimit": ["Amount": "900", "Unit": "USD"], "CalculatedSpend": .null,
      "LastUpdatedTime": .null, "HealthStatus": .null,
    ])
    #expect(
      aws.calls.last?.input == ["AccountId": "123456789012", "NewBudget": expected])
  }

  @Test func sendsOneWayOfFiltering() async throws {
    let newer = described.with([
      "FilterExpression": ["Not": ["Dimensions": ["Key": "REGION", "Values": ["eu"]]]],
      "Metrics": ["NetUnblendedCost"],
    ])
    let aws = budgetAccount(budgets: [newer])
    let type = resourceType("budgets/budget", aws)
    try await type.update(ResourceWrite(name: "n", live: nil, set: ["limit": 900]))
    let sent = try #require(aws.calls.last?.input["NewBudget"])
    #expect(sent["CostFilters"] == nil && sent["CostTypes"] == nil)
    #expect(sent["FilterExpression"] == newer["FilterExpression"])

    let filters: Value = ["Region": ["eu-west-1"]]
    try await type.update(ResourceWrite(name: "n", live: nil, set: ["costFilters": filters]))
    let filtered = try #require(aws.calls.last?.input["NewBudget"])
    #expect(filtered["CostFilters"] == filters && filtered["Metrics"] == nil)
    #expect(filtered["FilterExpression"] == nil)
  }

  @Test func givesBackAFilterExpression() async throws {
    let aws = budgetAccount()
    let expression: Value = ["Tags": ["Key": "team", "Values": ["a"]]]
    try await resourceType("budgets/budget", aws).update(
      ResourceWrite(
        name: "n", live: nil, set: [:], unset: ["costFilters"],
        recorded: ["filterExpression": expression, "metrics": ["UnblendedCost"]]))
    let sent = try #require(aws.calls.last?.input["NewBudget"])
    #expect(sent["FilterExpression"] == expression && sent["Metrics"] == ["UnblendedCost"])
    #expect(sent["CostFilters"] == nil && sent["CostTypes"] == nil)
  }

  @Test func replacesPlannedLimitsAndGivesThemBack() async throws {
    let planned: Value = ["1700000000": ["Amount": "700", "Unit": "USD"]]
    let aws = budgetAccount(budgets: [described.with(["PlannedBudgetLimits": planned])])
    let type = resourceType("budgets/budget", aws)
    try await type.update(ResourceWrite(name: "n", live: nil, set: ["timeUnit": "QUARTERLY"]))
    #expect(aws.calls.last?.input["NewBudget"]?["PlannedBudgetLimits"] == planned)
    #expect(aws.calls.last?.input["NewBudget"]?["BudgetLimit"] == nil)
    // A limit that is wanted stands, whatever else of the budget is given back.
    try await type.update(
      ResourceWrite(
        name: "n", live: nil, set: ["limit": 700], recorded: ["plannedLimits": planned]))
    #expect(aws.calls.last?.input["NewBudget"]?["PlannedBudgetLimits"] == nil)
    #expect(aws.calls.last?.input["NewBudget"]?["BudgetLimit"]?["Amount"] == "700")
    try await type.update(
      ResourceWrite(
        name: "n", live: nil, set: [:], unset: ["limit", "currency"],
        recorded: ["plannedLimits": planned]))
    #expect(aws.calls.last?.input["NewBudget"]?["PlannedBudgetLimits"] == planned)
    #expect(aws.calls.last?.input["NewBudget"]?["BudgetLimit"] == nil)
  }

  @Test func remarksOnWhatALimitReplaces() {
    let planned: Value = ["1700000000": ["Amount": "700", "Unit": "USD"]]
    let live = LiveResource(
      attributes: [:],
      context: ["plannedLimits": planned, "autoAdjustType": "HISTORICAL", "metrics": ["Hours"]])
    let problems = resourceType("budgets/budget").problems(
      with: ResourceWrite(
        name: "n", live: live, set: ["limit": 800, "costFilters": ["Region": ["x"]]]))
    #expect(problems.map(\.severity) == [.warning, .warning, .warning])
  }

  @Test func createsABudgetWithItsNotificationsInOneRequest() async throws {
    let aws = budgetAccount()
    try await resourceType("budgets/budget", aws).create(
      ResourceWrite(
        name: "new", live: nil,
        set: [
          "limit": 800, "currency": "USD", "timeUnit": "MONTHLY",
          "notifications.FORECASTED > 1000 USD": [["type": "SNS", "address": "arn:t"]],
        ]))
    #expect(
      aws.calls.map(\.input) == [
        [
          "AccountId": "123456789012",
          "Budget": [
            "BudgetName": "new", "BudgetType": "COST", "TimeUnit": "MONTHLY",
            "BudgetLimit": ["Amount": "800", "Unit": "USD"],
          ],
          "NotificationsWithSubscribers": [
            [
              "Notification": [
                "NotificationType": "FORECASTED", "ComparisonOperator": "GREATER_THAN",
                "Threshold": 1000, "ThresholdType": "ABSOLUTE_VALUE",
              ], "Subscribers": [topic("arn:t")],
            ]
          ],
        ]
      ])
  }

  @Test func swapsAndAddsSubscribersBeforeItTakesAway() async throws {
    let aws = budgetAccount(subscribers: [mail("a@x.org"), mail("b@x.org"), topic("arn:1")])
    try await resourceType("budgets/budget", aws).update(
      ResourceWrite(
        name: "n", live: nil,
        set: [
          "notifications.ACTUAL > 80%": [
            ["type": "EMAIL", "address": .sensitive(.clear("c@x.org"))],
            ["type": "SNS", "address": "arn:2"],
          ]
        ]))
    #expect(
      aws.operations == [
        "DescribeNotificationsForBudget", "DescribeSubscribersForNotification", "UpdateSubscriber",
        "UpdateSubscriber", "DeleteSubscriber",
      ])
    #expect(aws.calls[2].input["OldSubscriber"] == mail("a@x.org"))
    #expect(aws.calls[2].input["NewSubscriber"] == mail("c@x.org"))
    #expect(aws.calls[3].input["NewSubscriber"] == topic("arn:2"))
    #expect(aws.calls[4].input["Subscriber"] == mail("b@x.org"))
  }

  @Test func changesAThresholdWithoutAGap() async throws {
    let aws = budgetAccount()
    try await resourceType("budgets/budget", aws).update(
      ResourceWrite(
        name: "n", live: nil,
        set: ["notifications.ACTUAL > 85%": [["type": "SNS", "address": "arn:2"]]],
        unset: ["notifications.ACTUAL > 80%"]))
    #expect(
      aws.operations == [
        "DescribeNotificationsForBudget", "CreateNotification", "DeleteNotification",
      ])
    #expect(aws.calls.last?.input["Notification"] == actual80)
  }

  @Test func makesRoomFirstWhereThereIsLittle() async throws {
    let notifications = (1...5).map { actual80.with(["Threshold": Value($0 * 10)]) }
    let aws = budgetAccount(notifications: notifications)
    try await resourceType("budgets/budget", aws).update(
      ResourceWrite(
        name: "n", live: nil,
        set: ["notifications.ACTUAL > 85%": [["type": "SNS", "address": "arn:2"]]],
        unset: ["notifications.ACTUAL > 50%"]))
    #expect(aws.operations.suffix(2) == ["DeleteNotification", "CreateNotification"])
  }

  @Test func doesNotSendADigest() async throws {
    let aws = budgetAccount()
    await #expect(throws: ResourceError.self) {
      try await resourceType("budgets/budget", aws).update(
        ResourceWrite(
          name: "n", live: nil,
          set: [
            "notifications.ACTUAL > 80%": [["type": "EMAIL", "address": .sensitive(.digest("x"))]]
          ]))
    }
  }
}
