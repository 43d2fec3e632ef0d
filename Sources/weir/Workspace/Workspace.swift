internal import Foundation
internal import GitStorage
internal import Manifests
internal import Model
internal import Policy
internal import Rendering

/// The policy repository that a command works in.
struct Workspace: Sendable {
  let repository: GitRepository
  /// The policy's directory in the file system.
  let directory: String
  /// The same within the repository, without slashes at its ends; empty for the root.
  let prefix: String

  /// A policy at `prefix` of an opened repository.
  init(repository: GitRepository, directory: String, prefix: String) {
    self.repository = repository
    self.directory = directory
    self.prefix = prefix
  }

  /// Opens the repository that `directory` lies in.
  ///
  /// - Throws: `ErrorFacts` where there is no such directory, `GitError` where it is in no repository.
  init(directory: String, settings: GitSettings) throws {
    let url = URL(fileURLWithPath: directory).resolvingSymlinksInPath()
    var isDirectory: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory),
      isDirectory.boolValue
    else {
      throw ErrorFacts(
        "no such directory", detail: "\(directory) is not a directory.",
        hint: "Name the directory that holds weir.yaml with --dir.")
    }
    repository = try GitRepository(discovering: url.path, settings: settings)
    self.directory = url.path
    let root = repository.workTree.map { URL(fileURLWithPath: $0).resolvingSymlinksInPath().path }
    let trimmed = CharacterSet(charactersIn: "/")
    prefix = root.map { String(url.path.dropFirst($0.count)).trimmingCharacters(in: trimmed) } ?? ""
  }

  /// Reads the policy's files from the working tree, or from a commit where one is named.
  ///
  /// - Throws: `GitError`, `ErrorFacts`.
  func read(reference: String?) async throws -> ReadPolicy {
    if let reference {
      let commit = try await repository.resolve(reference)
      return ReadPolicy(source: try await read(commit), reference: policyReference(commit))
    }
    guard repository.workTree != nil else {
      throw ErrorFacts(
        "a bare repository", detail: "\(directory) is a bare repository: it has no working tree.",
        hint: "Name the commit to read the policy from with --ref.")
    }
    let head = try await repository.head()
    let (source, unreadable) = readWorkTree()
    // Byte for byte, since Git's own status leaves out ignored files, which would be read all the same.
    var committed: PolicySource?
    if let head { committed = try await read(head) }
    let policy = PolicyReference(
      commit: head?.hex, hasUncommittedChanges: source != committed, directory: prefix)
    return ReadPolicy(source: source, reference: policy, unreadable: unreadable)
  }

  /// Reads the policy's files from a commit, without a checkout.
  ///
  /// - Throws: `GitError`.
  func read(_ commit: CommitID) async throws -> PolicySource {
    let files = try await files(at: commit) { PolicySource.reads($0) }
    let attached = PolicySource.attachedPaths(in: files)
    if attached.isEmpty { return PolicySource(files: files) }
    let others = try await self.files(at: commit) { attached.contains($0) }
    return PolicySource(files: files.merging(others) { $1 })
  }

  /// The files at a commit, by path from the policy's root.
  private func files(at commit: CommitID, where isIncluded: @escaping @Sendable (String) -> Bool)
    async throws -> [String: Data]
  {
    let dropped = prefix.isEmpty ? 0 : prefix.count + 1
    let files = try await repository.files(
      at: commit, under: prefix, where: { isIncluded(String($0.dropFirst(dropped))) })
    return Dictionary(uniqueKeysWithValues: files.map { (String($0.dropFirst(dropped)), $1) })
  }

  /// The Git remote that shares the state: the one that the project names, else `origin` where there
  /// is one; nil where there is none, or where the project says `none`.
  ///
  /// - Throws: `GitError`.
  func stateRemote(_ project: Project?) async throws -> String? {
    if let named = project?.remote?.value { return named == "none" ? nil : named }
    return try await repository.remotes().contains { $0.name == "origin" } ? "origin" : nil
  }

  /// A policy that is just a commit.
  func policyReference(_ commit: CommitID) -> PolicyReference {
    PolicyReference(commit: commit.hex, hasUncommittedChanges: false, directory: prefix)
  }
}
