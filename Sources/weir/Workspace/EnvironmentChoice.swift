internal import Foundation
internal import GitStorage
internal import Manifests
internal import Model
internal import Rendering

extension ProjectEnvironment {
  /// The environment as plans and state name it.
  var reference: EnvironmentReference {
    EnvironmentReference(name: name, account: account, region: region)
  }
}

/// The environment of a command that does without manifests: from weir.yaml where it can be read,
/// else from the state branch.
struct EnvironmentChoice {
  let environment: EnvironmentReference
  let role: String?
  /// The policy that was read, where there is a valid one.
  let policy: CompiledPolicy?
  let reference: PolicyReference
  /// Where the state lives.
  let store: StateBranch
  /// What weir.yaml says, where it can be read.
  var project: Project? { policy?.loaded.project }

  /// Chooses the environment `name`, or the only one that there is.
  ///
  /// - Parameters:
  ///   - named: the name; nil for the one that the command names.
  ///   - isReading: whether the command writes no state.
  ///   - isSynchronized: false where the branch is to be seen as it lies here.
  /// - Throws: `Diagnostics`, `GitError`, `StateError`, `ErrorFacts`.
  init(
    in workspace: Workspace, command: CommandContext, named chosenName: String? = nil,
    isReading: Bool, isSynchronized: Bool = true
  ) async throws {
    let name = chosenName ?? command.options.environment
    var policy: CompiledPolicy?
    var failure: (any Error)?
    var reference = PolicyReference(
      commit: try await workspace.repository.head()?.hex, hasUncommittedChanges: false,
      directory: workspace.prefix)
    do {
      let read = try await workspace.read(reference: command.options.reference)
      reference = read.reference
      // That everything has been given up bars no way back.
      policy = try CompiledPolicy(
        read.source, at: command.now(), adding: read.unreadable, allowsEmpty: true)
    } catch {
      failure = error
    }
    self.policy = policy
    self.reference = reference
    if let chosen = try? policy?.environment(named: name).0 {
      environment = chosen.reference
      role = chosen.role
      store = try await command.stateBranch(
        of: chosen.name, in: workspace, project: policy?.loaded.project, isReading: isReading,
        isSynchronized: isSynchronized)
      return
    }
    guard let name else {
      if let failure { throw failure }
      _ = try policy?.environment(named: nil)
      throw ErrorFacts("no environment chosen", hint: "Name one with --env.")
    }
    store = try await command.stateBranch(
      of: name, in: workspace, project: policy?.loaded.project, isReading: isReading,
      isSynchronized: isSynchronized)
    guard let state = try await store.load().state else {
      if let failure { throw failure }
      _ = try policy?.environment(named: name)
      throw ErrorFacts("unknown environment", detail: "Nothing has been applied to \(name).")
    }
    environment = state.environment
    role = policy?.loaded.project?.environment(name)?.role
  }
}
