internal import AWSClient
internal import CurlTransport
internal import Foundation
internal import Model
internal import Pricing
internal import Rendering
internal import Resources
internal import Synchronization

/// AWS as one environment sees it.
struct AWSSession: Sendable {
  let client: AWSClient
  let types: [String: any ResourceType]
  /// Where many calls at once cost least.
  let executor: any TaskExecutor
  private let environment: EnvironmentReference
  /// Whether the account was found to be the right one.
  private let isChecked = OnceChecked()

  /// Prepares the client; nothing is sent yet.
  ///
  /// - Throws: `AWSError` where the configuration cannot be read.
  init(
    _ environment: EnvironmentReference, role: String?, command: CommandContext
  ) throws {
    let (variables, console) = (command.variables, command.console)
    var configuration = try AWSConfiguration.load(
      environment: variables, region: environment.region, roleARN: role,
      askMFA: AWSSession.mfaPrompt)
    configuration.deadline = command.deadline
    if console.isVerbose { configuration.onCall = { console.tell(traceLine($0)) } }
    var transportSettings = AWSSession.transport(variables)
    transportSettings.caBundle = configuration.caBundle
    let transport = CurlTransport(configuration: transportSettings)
    client = AWSClient(configuration: configuration, transport: transport)
    executor = transport.executor
    let types = allResourceTypes(
      client: client, account: environment.account, region: environment.region,
      prices: .builtIn)
    self.types = Dictionary(uniqueKeysWithValues: types.map { ($0.type, $0) })
    self.environment = environment
  }

  /// Stops where the credentials are those of another account than the environment's.
  ///
  /// - Throws: `AWSError`, `ErrorFacts`.
  func checkAccount() async throws {
    if isChecked.isDone { return }
    let identity = try await client.callerIdentity()
    guard identity.account == environment.account else {
      throw ErrorFacts(
        "wrong AWS account",
        detail: "The credentials belong to account \(identity.account), but the environment "
          + "\(environment.name) is account \(environment.account). Nothing was read or written.",
        hint: "Choose the credentials of that account, for instance with AWS_PROFILE, or set "
          + "the environment's role in weir.yaml.")
    }
    isChecked.note()
  }

  /// Asks for the code of a device where there is a terminal to ask on.
  private static var mfaPrompt: MFAPrompt? {
    guard TerminalPrompt.isAvailable else { return nil }
    return { device in try await TerminalPrompt().answer(to: "MFA code for \(device): ") }
  }

  private static func transport(_ variables: [String: String]) -> CurlConfiguration {
    func variable(_ name: String) -> String? {
      [name, name.lowercased()].compactMap { variables[$0] }.first { !$0.isEmpty }
    }
    var configuration = CurlConfiguration()
    configuration.secureProxy = variable("HTTPS_PROXY")
    configuration.plainProxy = variable("HTTP_PROXY")
    // Read for each request, so only where there is a proxy to go around.
    if configuration.secureProxy != nil || configuration.plainProxy != nil {
      configuration.noProxy =
        ([variable("NO_PROXY")].compactMap { $0 } + AWSConfiguration.hostsWithoutProxy)
        .joined(separator: ",")
    }
    configuration.userAgent = "weir/\(Weir.version)"
    return configuration
  }
}

/// Whether something was checked, for all copies of the session that asked for it.
private final class OnceChecked: Sendable {
  private let state = Mutex(false)

  var isDone: Bool { state.withLock { $0 } }

  func note() { state.withLock { $0 = true } }
}
