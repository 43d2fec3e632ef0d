import Foundation
import FoundationNetworking

/// The AWS sandbox and the witness, started once for the whole test process. Both end with it.
struct Sandbox: Sendable {
  /// Where AWS is.
  let endpoint: String
  private let witness: String

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
  private static func start(_ arguments: [String], portFile: String, folder: URL) async throws
    -> String
  {
    let file = folder.appending(path: portFile)
    var environment = plainEnvironment(home: folder.path())
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    let run = try ProgramRun(
      Places.python, arguments + ["--port-file", file.path()],
      in: Places.checkout.appending(path: "Sandbox").path(), environment: environment)
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
      if let port = try? String(contentsOf: file, encoding: .utf8), port.hasSuffix("\n") {
        Servers.keep(run)
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
    guard let url = URL(string: address) else { throw SandboxFailure(message: address) }
    var request = URLRequest(url: url)
    request.httpMethod = method
    request.timeoutInterval = 60
    if !body.isEmpty { request.httpBody = try JSONSerialization.data(withJSONObject: body) }
    let (data, response) = try await URLSession.shared.data(for: request)
    guard (response as? HTTPURLResponse)?.statusCode == 200 else {
      throw SandboxFailure(message: "\(address): \(String(decoding: data, as: UTF8.self))")
    }
    return data
  }
}

/// The sandbox or the witness refused.
struct SandboxFailure: Error {
  let message: String
}
