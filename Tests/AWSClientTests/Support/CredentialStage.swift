import CurlTransport
import Foundation

@testable import AWSClient

/// A home directory with AWS files in it, variables, and a clock: what a search for credentials
/// looks at. Every secret of the tests holds `S3CR3T`, so that one look tells whether one is shown.
final class CredentialStage: Sendable {
  let home: String
  private let variables: Locked<[String: String]>
  private let clock = Locked(TestClient.now)
  private let traces = Locked<[CallTrace]>([])
  private let prompt: MFAPrompt?

  /// Variables; `HOME` is a new directory, the region is there, and there is no metadata service.
  init(_ variables: [String: String] = [:], config: String = "", askMFA: MFAPrompt? = nil) throws {
    home =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("weir-\(UUID().uuidString)").path
    prompt = askMFA
    let standard = [
      "HOME": home, "AWS_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true",
      "PATH": "/usr/bin:/bin",
    ]
    self.variables = Locked(standard.merging(variables) { $1 })
    try write(config, to: ".aws/config")
  }

  deinit { try? FileManager.default.removeItem(atPath: home) }

  /// Writes a file below the home directory, and gives its path.
  @discardableResult
  func write(_ text: String, to name: String, mode: Int = 0o600) throws -> String {
    let path = "\(home)/\(name)"
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    return path
  }

  /// The text of a file below the home directory.
  func read(_ name: String) throws -> String {
    try String(contentsOfFile: "\(home)/\(name)", encoding: .utf8)
  }

  /// Sets a variable.
  func set(_ variable: String, _ value: String) {
    variables.withLock { $0[variable] = value }
  }

  /// Moves the clock.
  func wait(_ seconds: TimeInterval) { clock.withLock { $0 += seconds } }

  /// The settings, with a clock of our own and no real pauses.
  func configuration(profile: String? = nil) throws -> AWSConfiguration {
    var configuration = try AWSConfiguration.load(
      environment: variables.withLock { $0 }, profile: profile, askMFA: prompt)
    let (clock, traces) = (clock, traces)
    configuration.now = { clock.withLock { $0 } }
    configuration.sleep = { _ in try Task.checkCancellation() }
    configuration.random = { 0.5 }
    configuration.onCall = { call in traces.withLock { $0.append(call) } }
    return configuration
  }

  /// What a search finds, past any cache.
  func find(
    _ transport: any HTTPTransport = FakeTransport([.status(500)]), profile: String? = nil
  ) async throws -> Credentials {
    let configuration = try configuration(profile: profile)
    let cache = CredentialCache(configuration.credentials)
    return try await cache.credentials(
      CredentialContext(configuration: configuration, transport: transport))
  }

  /// The error of a call for which no credentials can be had, and all that can be seen of it.
  func failure(
    _ transport: any HTTPTransport = FakeTransport([.status(500)]), profile: String? = nil
  ) async throws -> (error: AWSError?, shown: String) {
    let client = AWSClient(
      configuration: try configuration(profile: profile), transport: transport)
    do {
      _ = try await client.call("sts", "GetCallerIdentity")
      return (nil, "")
    } catch {
      var shown = "\(error) \(String(reflecting: error))"
      dump(error, to: &shown)
      for trace in traces.withLock({ $0 }) { dump(trace, to: &shown) }
      return (error as? AWSError, shown)
    }
  }
}

/// Answers of services that give credentials.
enum CredentialAnswers {
  /// As containers and instances give them; programs say `SessionToken`.
  static func document(
    key: String = "ASIAGIVEN", token: String = "Token", expiration: String = "2015-08-30T13:36:00Z"
  ) -> String {
    """
    {"Code":"Success","Version":1,"AccessKeyId":"\(key)","SecretAccessKey":"S3CR3T-secret",
    "\(token)":"S3CR3T-token","Expiration":"\(expiration)"}
    """
  }

  /// As STS gives them.
  static func sts(
    _ operation: String = "AssumeRole", key: String = "ASIASTS",
    expiration: String = "2015-08-30T13:36:00Z"
  ) -> String {
    """
    <\(operation)Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><\(operation)Result>
    <Credentials><AccessKeyId>\(key)</AccessKeyId><SecretAccessKey>S3CR3T-secret</SecretAccessKey>
    <SessionToken>S3CR3T-token</SessionToken><Expiration>\(expiration)</Expiration></Credentials>
    </\(operation)Result></\(operation)Response>
    """
  }

  /// An error of STS that quotes what was sent.
  static func stsError(_ code: String, _ message: String) -> String {
    """
    <ErrorResponse><Error><Type>Sender</Type><Code>\(code)</Code><Message>\(message)</Message>
    </Error><RequestId>r</RequestId></ErrorResponse>
    """
  }
}
