import Foundation

/// Where the key comes from that seals secrets.
enum StateKeySource: CaseIterable, Sendable {
  case none
  case variable
  case kms

  /// Whether there is a key.
  var seals: Bool { self != .none }
}

extension Scene {
  /// A state key, made as `openssl rand -base64 32` makes it.
  static func newStateKey() -> String {
    Data((0..<32).map { _ in UInt8.random(in: 0...255) }).base64EncodedString()
  }

  /// Prepares a source of keys, and gives the variables of every command that is to have it.
  func prepare(_ source: StateKeySource) async throws -> [String: String?] {
    switch source {
    case .none: return [:]
    case .variable: return ["WEIR_STATE_KEY": Self.newStateKey()]
    case .kms:
      try await aws(
        """
        aws('kms').create_alias(AliasName='alias/weir', \
        TargetKeyId=aws('kms').create_key()['KeyMetadata']['KeyId'])
        """)
      try repository.edit("weir.yaml", "spec:\n", "spec:\n  state: {kmsKey: alias/weir}\n")
      try await repository.commit("Seal with KMS")
      try await account.forgetRequests()
      return [:]
    }
  }

  /// Somebody whom the policy does not know is told at one of its thresholds.
  func addSubscriber(_ address: String, threshold: Int = 70) async throws {
    try await aws(
      """
      aws('budgets').create_notification(AccountId=aws.q['account'], \
      BudgetName='pythonide-monthly', Notification=dict(NotificationType='ACTUAL', \
      ComparisonOperator='GREATER_THAN', Threshold=\(threshold), ThresholdType='PERCENTAGE'), \
      Subscribers=[dict(SubscriptionType='EMAIL', Address=text)])
      """, text: address)
  }

  /// Runs an apply until a write of it hangs, and kills it.
  func killApply(
    at service: String, _ operation: String, _ arguments: [String] = ["--auto-approve", "--quiet"],
    variables: [String: String?] = [:]
  ) async throws -> ProgramResult {
    try await account.fault("hang", service, operation, when: "after", seconds: 600)
    let run = try start(["apply", "--env", "prod"] + arguments, variables: variables)
    try await waitForRequest("\(service) \(operation)", fault: "hang")
    run.send(SIGKILL)
    let result = await run.result()
    try await account.clearFaults()
    return result
  }
}
