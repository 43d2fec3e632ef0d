internal import Manifests

extension CommandContext {
  /// An environment of the policy, with its state brought together with the remote that shares it.
  ///
  /// - Parameters:
  ///   - isReading: whether the command writes no state.
  ///   - withoutStateKey: whether nothing is to be sealed or opened.
  /// - Throws: `GitError`, `StateError`, `AWSError`, `ErrorFacts`, `Refusal`.
  func session(
    of environment: ProjectEnvironment, in workspace: Workspace, project: Project?,
    isReading: Bool, withoutStateKey: Bool = false
  ) async throws -> EnvironmentSession {
    let store = try await stateBranch(
      of: environment.name, in: workspace, project: project, isReading: isReading)
    return try await EnvironmentSession(
      environment.reference, role: environment.role, project: project, store: store, command: self,
      withoutStateKey: withoutStateKey)
  }
}
