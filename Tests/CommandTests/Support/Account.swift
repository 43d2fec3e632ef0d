import Foundation

/// An AWS account of its own for one test.
struct Account: Sendable {
  /// A request that the sandbox has seen.
  struct LoggedRequest: Decodable, Sendable {
    let service: String
    let operation: String
    let write: Bool
    let status: Int?
    let fault: String?
  }

  private struct Keys: Decodable {
    let account: String
    let access_key: String
    let secret_key: String
    let session_token: String?
  }

  /// Its twelve digits.
  let id: String
  private let keys: Keys
  private let sandbox: Sandbox

  /// Opens the next free account, seeded with the sandbox's demo.
  init(seeded: Bool = true) async throws {
    sandbox = try await Sandbox.running
    keys = try await Self.open([:], in: sandbox)
    id = keys.account
    if seeded { _ = try await sandbox.control("POST", "seed", ["account": id]) }
  }

  private static func open(_ request: [String: any Sendable], in sandbox: Sandbox) async throws
    -> Keys
  {
    let body = request.isEmpty ? ["session": false] : request
    return try JSONDecoder().decode(
      Keys.self, from: try await sandbox.control("POST", "accounts", body))
  }

  /// The variables by which AWS clients find it.
  var variables: [String: String] { variables(keys) }

  /// The variables with keys of this account that have expired.
  func expiredVariables() async throws -> [String: String] {
    variables(
      try await Self.open(["account": id, "expired": true, "session": true], in: sandbox))
  }

  private func variables(_ keys: Keys) -> [String: String] {
    var variables = [
      "AWS_ENDPOINT_URL": sandbox.endpoint, "AWS_ACCESS_KEY_ID": keys.access_key,
      "AWS_SECRET_ACCESS_KEY": keys.secret_key, "AWS_EC2_METADATA_DISABLED": "true",
    ]
    variables["AWS_SESSION_TOKEN"] = keys.session_token
    return variables
  }

  /// The value of a Python expression about this account, as JSON; `aws` is the account, and `case`
  /// holds what the file `script` defines.
  @discardableResult
  func callAsFunction(_ expression: String, text: String = "", script: String? = nil) async throws
    -> String
  {
    var question: [String: any Sendable] = [
      "say": expression, "text": text, "account": id, "endpoint": sandbox.endpoint,
      "access_key": keys.access_key, "secret_key": keys.secret_key,
    ]
    question["script"] = script
    return try await sandbox.ask(question)
  }

  /// Lets the next `times` requests for an operation fail, or all of them.
  func fault(
    _ fault: String, _ service: String = "*", _ operation: String = "*", times: Int? = 1,
    skip: Int = 0, when: String? = nil, seconds: Double? = nil
  ) async throws {
    var body: [String: any Sendable] = [
      "account": id, "service": service, "operation": operation, "fault": fault, "skip": skip,
    ]
    if let times { body["times"] = times } else { body["times"] = NSNull() }
    if let when { body["when"] = when }
    if let seconds { body["seconds"] = seconds }
    _ = try await sandbox.control("POST", "faults", body)
  }

  /// Holds the next `times` requests for an operation until the faults are cleared.
  func hold(_ service: String, _ operation: String, times: Int = 1) async throws {
    try await fault("slow", service, operation, times: times, seconds: 600)
  }

  /// Ends all faults, or those of one operation; requests that they hold go on.
  func clearFaults(_ operation: String? = nil) async throws {
    let query = operation.map { "&operation=\($0)" } ?? ""
    _ = try await sandbox.control("DELETE", "faults?account=\(id)\(query)")
  }

  /// Lets lists come in pages of this size.
  func setPageSize(_ size: Int) async throws {
    _ = try await sandbox.control("POST", "pages", ["account": id, "size": size])
  }

  /// The requests since the last ``forgetRequests()``.
  func requests() async throws -> [LoggedRequest] {
    try JSONDecoder().decode(
      [LoggedRequest].self, from: try await sandbox.control("GET", "log?account=\(id)"))
  }

  /// Those of them that may have changed something, as `service Operation`, sorted.
  func writes() async throws -> [String] {
    try await requests().filter(\.write).map { "\($0.service) \($0.operation)" }.sorted()
  }

  /// Forgets the requests so far.
  func forgetRequests() async throws {
    _ = try await sandbox.control("DELETE", "log?account=\(id)")
  }
}
