import Foundation
import Testing

/// What most tests play in: an account, a policy, and the commands that ran.
final class Scene: Sendable {
  let account: Account
  let repository: PolicyRepository
  private let transcript = Transcript()
  private static let slots = Slots(6)

  /// An account of its own with the demo's resources, and the policy `Policies/NAME` in Git.
  init(_ policy: String? = "pythonide", directory: String = "", seeded: Bool = true) async throws {
    await Self.slots.take()
    do {
      account = try await Account(seeded: seeded)
      repository = try await PolicyRepository(policy, account: account.id, directory: directory)
    } catch {
      await Self.slots.giveBack()
      throw error
    }
  }

  deinit { Task { await Self.slots.giveBack() } }

  /// The value of a Python expression about the account, as JSON; `text` is at hand as such.
  @discardableResult
  func aws(_ expression: String, text: String = "") async throws -> String {
    try await account(expression, text: text)
  }

  /// Runs `weir` in the policy's repository and expects an exit code.
  ///
  /// - Parameters:
  ///   - variables: changes to the environment; nil takes a variable away.
  ///   - isQuiet: whether the transcript leaves this command out.
  @discardableResult
  func weir(
    _ arguments: String..., exit code: Int32 = 0, in directory: String? = nil,
    variables: [String: String?] = [:], isQuiet: Bool = false, within seconds: Double = 300,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> ProgramResult {
    try await weir(
      arguments, exit: code, in: directory, variables: variables, isQuiet: isQuiet,
      within: seconds, sourceLocation: sourceLocation)
  }

  /// The same with the arguments in a list.
  @discardableResult
  func weir(
    _ arguments: [String], exit code: Int32 = 0, in directory: String? = nil,
    variables: [String: String?] = [:], isQuiet: Bool = false, within seconds: Double = 300,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> ProgramResult {
    let run = try start(arguments, in: directory, variables: variables)
    let result = await run.result(within: seconds)
    #expect(
      result.code == code,
      "weir \(arguments.joined(separator: " ")): \(result.output)\(result.errors)",
      sourceLocation: sourceLocation)
    if !isQuiet { transcript.add(arguments, result) }
    return result
  }

  /// Waits until the sandbox has seen a request, `service Operation`, so many times; has met it with a
  /// fault; has answered it.
  func waitForRequest(
    _ request: String, count: Int = 1, fault: String? = nil, isAnswered: Bool = false
  ) async throws {
    try await wait(for: request) {
      try await self.account.requests().count {
        "\($0.service) \($0.operation)" == request && (fault == nil || $0.fault == fault)
          && (!isAnswered || $0.status != nil)
      } >= count
    }
  }

  /// Looks until something is so.
  func wait(for what: String, until isSo: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(300)
    while ContinuousClock.now < deadline {
      if try await isSo() { return }
      try await Task.sleep(for: .milliseconds(20))
    }
    throw SandboxFailure(message: "\(what) did not come")
  }

  /// Adds a command to the transcript that a test has run on its own.
  func note(_ arguments: [String], _ result: ProgramResult) { transcript.add(arguments, result) }

  /// Starts `weir` and does not wait for it.
  func start(
    _ arguments: [String], in directory: String? = nil, variables: [String: String?] = [:]
  ) throws -> ProgramRun {
    try ProgramRun(
      Places.weir, arguments, in: directory ?? repository.root.path(),
      environment: self.variables(variables))
  }

  /// Runs `weir` on a pseudo-terminal where somebody gives an answer to its question.
  func weirOnTerminal(_ arguments: String..., answer: String) async throws -> ProgramResult {
    try await weirOnTerminal(arguments, answer: answer)
  }

  /// The same with the arguments in a list, and with changes to the environment.
  func weirOnTerminal(
    _ arguments: [String], answer: String = "no", variables: [String: String?] = [:]
  ) async throws -> ProgramResult {
    try await ProgramRun(
      Places.python, ["-c", terminalScript, answer, Places.weir] + arguments,
      in: repository.root.path(),
      environment: self.variables(["TERM": "xterm"].merging(variables) { $1 })
    ).result()
  }

  /// The variables of a command, with changes; nil takes one away.
  func variables(_ changes: [String: String?] = [:]) -> [String: String] {
    var environment = plainEnvironment(home: repository.folder.path())
    environment["CI_JOB_URL"] = "https://ci.example/jobs/1"
    environment.merge(account.variables) { $1 }
    for (name, value) in changes { environment[name] = value }
    return environment
  }

  /// Compares the transcript with the file `Snapshots/NAME.txt`; with `RECORD=1` writes it.
  func expectSnapshot(_ name: String, sourceLocation: SourceLocation = #_sourceLocation)
    async throws
  {
    let objects = try await repository.git(
      "cat-file", "--batch-all-objects", "--batch-check=%(objecttype) %(objectname)")
    let commits = objects.split(separator: "\n").filter { $0.hasPrefix("commit ") }
      .map { String($0.dropFirst(7)) }
    let filters = Filters(
      account: account.id, folder: repository.folder.path(), commits: Set(commits))
    try compare(filters.applied(to: transcript.text), with: name, sourceLocation: sourceLocation)
  }
}
