import CurlTransport
import Foundation

/// The AWS sandbox and the witness, started once for the whole test process. Both end with it.
struct Sandbox: Sendable {
  /// Where AWS is.
  let endpoint: String
  private let witness: String
  private let transport = {
    var configuration = CurlConfiguration()
    configuration.connectTimeout = .seconds(300)
    configuration.totalTimeout = .seconds(300)
    configuration.firstByteTimeout = .seconds(300)
    configuration.stallTimeout = .seconds(300)
    return CurlTransport(configuration: configuration)
  }()

  /// The one that runs.
  static var running: Sandbox {
    get async throws { try await started.value }
  }

  private static let started = Task {
    let folder = try makeTemporaryDirectory("sandbox")
    let sandbox = try await start(
      ["-m", "weir_sandbox", "serve", "--exit-with-parent"], portFile: "aws", folder: folder)
    let witness = try await start(["-c", witnessScript], portFile: "witness", folder: folder)
    return Sandbox(endpoint: sandbox, witness: witness)
  }

  /// Starts a server of ours and waits until its file says at which port it listens.
  static func start(
    _ arguments: [String], portFile: String, folder: URL, variables: [String: String] = [:]
  ) async throws -> String {
    let file = folder.appending(path: portFile)
    var environment = plainEnvironment(home: folder.path()).merging(variables) { $1 }
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    let run = try ProgramRun(
      Places.python, arguments + ["--port-file", file.path()],
      in: Places.checkout.appending(path: "Sandbox").path(), environment: environment)
    let deadline = ContinuousClock.now + .seconds(300)
    while ContinuousClock.now < deadline {
      if let port = try? String(contentsOf: file, encoding: .utf8), port.hasSuffix("\n") {
        Servers.keep(run, folder: folder)
        return "http://127.0.0.1:\(port.dropLast())"
      }
      try await Task.sleep(for: .milliseconds(20))
    }
    run.send(SIGKILL)
    throw SandboxFailure(message: "\(portFile) did not start: \(run.errorsSoFar)")
  }

  /// A request to the control API.
  func control(_ method: String, _ path: String, _ body: [String: any Sendable] = [:])
    async throws -> Data
  {
    try await send(method, "\(endpoint)/_sandbox/\(path)", body)
  }

  /// What the witness answers.
  func ask(_ question: [String: any Sendable]) async throws -> String {
    String(decoding: try await send("POST", witness, question), as: UTF8.self)
  }

  private func send(_ method: String, _ address: String, _ body: [String: any Sendable])
    async throws -> Data
  {
    var request = HTTPRequest(method: method, url: address)
    if !body.isEmpty { request.body = try JSONSerialization.data(withJSONObject: body) }
    let response = try await transport.send(request)
    guard response.status == 200 else {
      throw SandboxFailure(message: "\(address): \(String(decoding: response.body, as: UTF8.self))")
    }
    return response.body
  }
}

/// The sandbox or the witness refused.
struct SandboxFailure: Error {
  let message: String
}
