extension APIOperation {
  /// Whether an operation changes nothing, by its name and method.
  static func isReading(_ name: String, method: String) -> Bool {
    if method == "GET" || method == "HEAD" { return true }
    return readingVerbs.contains { verb in
      name.hasPrefix(verb) && name.dropFirst(verb.count).first?.isUppercase == true
    }
  }

  /// Whether doing the operation twice is the same as doing it once, also in what it answers.
  ///
  /// Deleting is not, in general: the second time the thing is not found.
  func isIdempotent(in description: APIDescription, service: String) -> Bool {
    isReadOnly || isMarkedIdempotent || Self.idempotent[service]?.contains(name) == true
      || description.structure(of: input)?.members.contains(where: \.isIdempotencyToken) == true
  }

  private static let readingVerbs = [
    "Get", "List", "Describe", "Head", "BatchGet", "BatchDescribe", "Lookup", "Search", "Select",
    "Simulate", "Assume",
  ]

  /// Writes that set a named thing to what the request says.
  private static let idempotent: [String: Set<String>] = [
    "application-autoscaling": [
      "PutScalingPolicy", "PutScheduledAction", "RegisterScalableTarget",
    ],
    "budgets": ["UpdateBudget"],
    "cloudwatch": ["PutMetricAlarm"],
    "ecs": ["UpdateService"],
    // Every answer is another key, and nothing is kept of those that got lost.
    "kms": ["Decrypt", "GenerateDataKey"],
    "s3": ["DeleteBucketLifecycle", "PutBucketLifecycleConfiguration", "PutObject"],
    "ssm": ["AddTagsToResource"],
  ]
}
