internal import Foundation
internal import Model
internal import Pricing

/// `budgets/budget`: a budget of AWS Budgets with its notifications. Its name is the budget's.
///
/// Attributes: `limit` (number), `currency`, `timeUnit`, `costFilters` (sorted lists by AWS's keys) or,
/// in the newer form, `metric` and `filterExpression` (in AWS's shape), and per notification `notifications.ACTUAL > 80%`: the list of its subscribers. Context:
/// `budgetType`, `plannedLimits` (instead of a `limit`), `autoAdjustType`, and the form of the filter that
/// is in use: `filterExpression` and `metrics`, or `costFilters` and `costTypes`. What is in the context is given back
/// when the attribute that replaced it is taken away.
///
/// Reads take one request per 1,000 budgets of the account, another for their notifications where more than
/// one is asked for, and one per notification of those that are: Budgets has no other way. An update sends back the budget as AWS
/// describes it, with only the attributes of the write changed. It also sets the budget's spend to
/// zero until AWS's next data, up to 12 hours later (API description of budgets, UpdateBudget).
struct BudgetType: ResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope

  var type: String { "budgets/budget" }

  func normalized(_ attributes: [String: Value]) -> [String: Value] {
    var normal: [String: Value] = [:]
    let unit = attributes["currency"]?.string ?? "USD"
    for (key, value) in attributes {
      if let notification = BudgetNotification(key: key) {
        // Where the attributes do not say the currency, the key does.
        let named = key.split(separator: " ").last.map(String.init) ?? unit
        normal[notification.key(unit: attributes["currency"] == nil ? named : unit)] =
          BudgetSubscribers.normalized(value)
      } else if key == "limit" {
        normal[key] = value.numeral.map(Value.number) ?? value
      } else if key == "costFilters" {
        let filters = BudgetDocument.normalizedFilters(value)
        if !filters.members.isEmpty { normal[key] = filters }
      } else if key == "filterExpression" {
        normal[key] = CostExpression.normalized(value)
      } else {
        normal[key] = value
      }
    }
    return normal
  }

  /// Budgets has one endpoint a partition, and CloudTrail records its events in that region.
  var writeEvents: WriteEvents? {
    let region =
      scope.region.hasPrefix("cn-")
      ? "cn-northwest-1" : scope.region.hasPrefix("us-gov-") ? "us-gov-west-1" : "us-east-1"
    return WriteEvents(
      region: region,
      changing: [
        "UpdateBudget", "CreateBudget", "CreateNotification", "UpdateNotification",
        "DeleteNotification", "CreateSubscriber", "UpdateSubscriber", "DeleteSubscriber",
      ],
      effects: Dictionary(
        uniqueKeysWithValues: ["Notification", "Subscriber"].flatMap { noun in
          ["Create", "Update", "Delete"].map {
            ("\($0)\(noun)", WriteEvents.Effect.attributes(["notifications"]))
          }
        }), deleting: ["DeleteBudget"]
    ) { request in
      let names = [request["newBudget"]?["budgetName"], request["budget"]?["budgetName"]]
      return (names + [request["budgetName"]]).compactMap { $0?.string }
    }
  }

  /// Budgets has two actions for all its operations, and its list shows all budgets.
  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    switch access {
    case .read:
      [IAMPermission(["budgets:ViewBudget"], on: [scope.globalARN("budgets", "budget/*")])]
    case .write:
      [
        IAMPermission(
          ["budgets:ModifyBudget"], on: names.map { scope.globalARN("budgets", "budget/\($0)") })
      ]
    }
  }

  func problems(with write: ResourceWrite) -> [ResourceProblem] {
    BudgetProblems(write).all
  }

  /// "Budgets are free": only budgets with actions and reports are billed (price list of AWSBudgets).
  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    scope.prices.monthlyCost(of: .budget, quantity: 1, in: scope.region, called: "budgets")
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    guard !names.isEmpty else { return [:] }
    let budgets = try await scope.client.all(
      "budgets", "DescribeBudgets",
      input(["MaxResults": 1000, "ShowFilterExpression": true]), items: "Budgets",
      noneIf: "NotFoundException"
    ).map(BudgetDocument.init).filter { $0.name.map(names.holds) ?? false }
    let notifications = try await notifications(ofAll: budgets.compactMap(\.name))
    let pairs = budgets.flatMap { budget in
      (notifications[budget.name ?? ""] ?? []).map { (budget, $0) }
    }
    let told = try await inParallel(pairs) { budget, notification in
      (
        budget.name ?? "", notification.key(unit: budget.unit),
        try await subscribers(of: notification, in: budget.name ?? "")
      )
    }
    var live: [String: LiveResource] = [:]
    for budget in budgets {
      live[budget.name ?? ""] = LiveResource(
        attributes: budget.attributes, context: budget.context)
    }
    for (name, key, subscribers) in told {
      live[name]?.attributes[key] = BudgetSubscribers.attribute(subscribers)
    }
    return live
  }

  func create(_ write: ResourceWrite) async throws {
    var budget = BudgetDocument(newNamed: write.name, recorded: write.recorded)
    budget.apply(write)
    var input: [String: Value] = ["Budget": budget.request]
    let notifications = try wanted(write).map { notification, subscribers -> Value in
      ["Notification": notification.description, "Subscribers": .list(subscribers)]
    }
    if !notifications.isEmpty { input["NotificationsWithSubscribers"] = .list(notifications) }
    try await call("CreateBudget", input)
  }

  func update(_ write: ResourceWrite) async throws {
    if !write.touched.isDisjoint(with: BudgetDocument.attributes) {
      let answer = try await scope.client.call(
        "budgets", "DescribeBudget",
        input(["BudgetName": .string(write.name), "ShowFilterExpression": true]),
        nilIf: "NotFoundException")
      guard let description = answer?["Budget"] else {
        throw ResourceError(.missing, address(write), "The budget is not there any more.")
      }
      var budget = BudgetDocument(description)
      budget.apply(write)
      try await call("UpdateBudget", ["NewBudget": budget.request])
    }
    try await NotificationUpdate(type: self, budget: write.name).apply(
      wanted: wanted(write), unwanted: write.unset.compactMap(BudgetNotification.init(key:)))
  }

  func delete(_ write: ResourceWrite) async throws {
    _ = try await scope.client.call(
      "budgets", "DeleteBudget", input(["BudgetName": .string(write.name)]),
      nilIf: "NotFoundException")
  }

  /// The notifications that the write sets, sorted by key, with AWS's form of their subscribers.
  private func wanted(_ write: ResourceWrite) throws -> [(BudgetNotification, [Value])] {
    try write.set.sorted { $0.key < $1.key }.compactMap { key, value in
      guard let notification = BudgetNotification(key: key) else { return nil }
      guard let subscribers = BudgetSubscribers.descriptions(value) else {
        throw ResourceError(
          .unknownSecret, address(write), "Only the digest of a subscriber's address is known.")
      }
      return (notification, subscribers)
    }
  }

  private func address(_ write: ResourceWrite) -> Address { Address(type, write.name) }

}

extension BudgetType {
  /// Calls an operation of Budgets for the account.
  func call(_ operation: String, _ members: [String: Value]) async throws {
    _ = try await scope.client.call("budgets", operation, input(members))
  }

  /// The notifications of a budget.
  func notifications(of budget: String) async throws -> [BudgetNotification] {
    try await scope.client.all(
      "budgets", "DescribeNotificationsForBudget",
      input(["BudgetName": .string(budget), "MaxResults": 100]), items: "Notifications",
      noneIf: "NotFoundException"
    ).compactMap(BudgetNotification.init)
  }

  /// The notifications of budgets: of one by its name, of several among those of the account.
  private func notifications(ofAll names: [String]) async throws -> [String: [BudgetNotification]] {
    guard let first = names.first else { return [:] }
    if names.count == 1 { return [first: try await notifications(of: first)] }
    let found = try await scope.client.all(
      "budgets", "DescribeBudgetNotificationsForAccount", input(["MaxResults": 1000]),
      items: "BudgetNotificationsForAccount", noneIf: "NotFoundException")
    let wanted = Set(names)
    // One that is cut at the end of a page goes on in the next.
    return found.reduce(into: [:]) { notifications, budget in
      guard let name = budget["BudgetName"]?.string, wanted.holds(name) else { return }
      notifications[name, default: []] += (budget["Notifications"]?.elements ?? [])
        .compactMap(BudgetNotification.init)
    }
  }

  /// Whom a notification tells, in AWS's form.
  func subscribers(of notification: BudgetNotification, in budget: String) async throws -> [Value] {
    try await scope.client.all(
      "budgets", "DescribeSubscribersForNotification",
      input([
        "BudgetName": .string(budget), "Notification": notification.description,
        "MaxResults": 100,
      ]), items: "Subscribers", noneIf: "NotFoundException")
  }

  private func input(_ members: [String: Value]) -> Value {
    .map(members.merging(["AccountId": .string(scope.account)]) { $1 })
  }
}
