internal import Foundation
internal import GitStorage
internal import Manifests
internal import Model
internal import Rendering

/// What a command gets from outside: the process's variables, the time, the console.
struct CommandContext: Sendable {
  let options: CommonOptions
  let variables: [String: String]
  let console: Console
  let now: @Sendable () -> Date
  /// When the last request to AWS ends; nil where nobody said so.
  let deadline: Date?
  /// What Ctrl-C does to the command that runs.
  private(set) var interruption: Interruption?

  init(_ options: CommonOptions) {
    self.options = options
    variables = ProcessInfo.processInfo.environment
    console = Console(options, environment: variables)
    now = { Date() }
    deadline = options.timeout.map { Date().addingTimeInterval($0) }
  }

  /// Runs a command, telling every error in plain words and ending with the code for it.
  ///
  /// - Throws: `ExitCode` only.
  func run(_ body: @escaping @Sendable (CommandContext) async throws -> ExitStatus) async throws {
    let status: ExitStatus
    do {
      status = try await Interruption.cancelling { interruption in
        var context = self
        context.interruption = interruption
        return try await body(context)
      }
    } catch let diagnostics as Diagnostics where options.format != .text {
      // What is wrong with a policy is a result: a program or a comment shows it.
      if let text = try? render(
        diagnostics: diagnostics, format: options.format, style: console.outputStyle)
      {
        console.write(text)
      }
      throw ExitStatus.failed.exit
    } catch {
      let failure = Failure(error)
      console.tell(failure.text(style: console.errorStyle))
      throw failure.status.exit
    }
    if status != .done { throw status.exit }
  }

  /// The repository that the command works in.
  ///
  /// - Throws: `ErrorFacts`, `GitError`.
  func workspace() throws -> Workspace {
    try Workspace(
      directory: options.directory,
      settings: GitSettings(environment: variables, isInteractive: console.isInputTerminal))
  }

  /// The state branch of an environment, brought together with the remote that shares it.
  ///
  /// - Parameter isReading: whether the command writes no state, so that it may go on where the
  ///   remote cannot be reached.
  /// - Parameter isSynchronized: false where the branch is to be seen as it lies here.
  /// - Throws: `GitError`.
  func stateBranch(
    of environment: String, in workspace: Workspace, project: Project?, isReading: Bool,
    isSynchronized: Bool = true
  ) async throws -> StateBranch {
    let store = StateBranch(
      workspace.repository, environment: environment,
      remote: try await workspace.stateRemote(project), now: now,
      reportText: { markdown(of: $0) }, onNotice: { console.tell(text(of: $0)) })
    if isSynchronized { try await store.synchronize(isReading: isReading) }
    return store
  }

  /// The policy at the reference that is asked for, compiled; its warnings are told.
  ///
  /// - Parameter allowsEmpty: whether there may be no manifest, so that all is given up.
  /// - Throws: `Diagnostics`, `GitError`, `ErrorFacts`.
  func policy(in workspace: Workspace, allowsEmpty: Bool = false) async throws -> (
    CompiledPolicy, PolicyReference
  ) {
    let read = try await workspace.read(reference: options.reference)
    let compiled = try CompiledPolicy(
      read.source, at: now(), adding: read.unreadable, allowsEmpty: allowsEmpty)
    if !compiled.warnings.all.isEmpty {
      console.note(render(diagnostics: compiled.warnings, style: console.errorStyle))
    }
    return (compiled, read.reference)
  }
}
