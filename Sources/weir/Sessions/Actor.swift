internal import Foundation
internal import GitStorage

extension CommandContext {
  /// Who applies: Git's name for the person, and the machine or the CI job.
  func actor(in workspace: Workspace) async -> String {
    let name =
      (try? await workspace.repository.defaultSignature())?.name ?? variables["USER"] ?? "somebody"
    if let run = variables["GITHUB_RUN_ID"], let repository = variables["GITHUB_REPOSITORY"] {
      return "\(name), GitHub Actions run \(run) of \(repository)"
    }
    if let job = variables["CI_JOB_URL"] { return "\(name), \(job)" }
    return "\(name) on \(ProcessInfo.processInfo.hostName)"
  }
}
