internal import Foundation
internal import GitStorage
internal import Model
internal import Policy

/// What the policy wanted at some commits: the clear text of secrets that a plan back may need.
/// Commits that cannot be read any more are passed over; what is then missing, the plan says.
func policySecrets(
  commits: [String?], environment: String, workspace: Workspace, time: Date
) async -> [DesiredResource] {
  var found: [DesiredResource] = []
  for hex in Set(commits.compactMap { $0 }).sorted() {
    guard let commit = CommitID(hex), let source = try? await workspace.read(commit),
      let policy = try? CompiledPolicy(source, at: time)
    else { continue }
    found += policy.environments[environment]?.resources ?? []
  }
  return found
}
