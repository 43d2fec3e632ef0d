internal import Model

/// Brings the notifications of a budget to what a write wants, and leaves the others alone.
struct NotificationUpdate {
  /// Calls Budgets.
  let type: BudgetType
  /// The budget's name.
  let budget: String

  /// So many notifications every account may have; the API description of budgets says both five
  /// (CreateBudget) and ten (Notification).
  private static let roomForAll = 5

  /// Creates what is not there, gives what is there its subscribers, deletes what is unwanted.
  ///
  /// New ones come first, so that a failure leaves one too many rather than one too few, unless the
  /// budget could then have more notifications than AWS allows.
  func apply(
    wanted: [(BudgetNotification, [Value])], unwanted: [BudgetNotification]
  ) async throws {
    guard !wanted.isEmpty || !unwanted.isEmpty else { return }
    let present = Set(try await type.notifications(of: budget))
    let new = wanted.filter { !present.contains($0.0) }
    let old = unwanted.filter(present.contains)
    let deletesFirst = present.count + new.count > Self.roomForAll
    if deletesFirst { try await delete(old) }
    for (notification, subscribers) in new {
      try await call(
        "CreateNotification", notification, ["Subscribers": .list(subscribers)])
    }
    for (notification, subscribers) in wanted where present.contains(notification) {
      try await replaceSubscribers(of: notification, with: subscribers)
    }
    if !deletesFirst { try await delete(old) }
  }

  private func delete(_ notifications: [BudgetNotification]) async throws {
    for notification in notifications {
      try await call("DeleteNotification", notification, [:])
    }
  }

  /// Swaps, then adds, then takes away: a notification is never without a subscriber ("Deleting the
  /// last subscriber to a notification also deletes the notification") and never has more than its
  /// one SNS topic and ten addresses on the way.
  private func replaceSubscribers(
    of notification: BudgetNotification, with wanted: [Value]
  ) async throws {
    let present = try await type.subscribers(of: notification, in: budget)
    var surplus = present.filter { !wanted.contains($0) }
    for subscriber in wanted where !present.contains(subscriber) {
      if let swapped = surplus.firstIndex(where: {
        $0["SubscriptionType"] == subscriber["SubscriptionType"]
      }) {
        let old = surplus.remove(at: swapped)
        try await call(
          "UpdateSubscriber", notification, ["OldSubscriber": old, "NewSubscriber": subscriber])
      } else {
        try await call("CreateSubscriber", notification, ["Subscriber": subscriber])
      }
    }
    for subscriber in surplus {
      try await call("DeleteSubscriber", notification, ["Subscriber": subscriber])
    }
  }

  private func call(
    _ operation: String, _ notification: BudgetNotification, _ members: [String: Value]
  ) async throws {
    try await type.call(
      operation,
      members.merging(
        ["BudgetName": .string(budget), "Notification": notification.description]
      ) { $1 })
  }
}
