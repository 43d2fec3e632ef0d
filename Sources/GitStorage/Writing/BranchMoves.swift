internal import CGit2
internal import Foundation

extension Repository {
  /// Moves a branch from one commit to another, if it still stands there: a compare-and-swap.
  ///
  /// The branch is read and written under its lock file. Why not `git_reference_create_matching`: it
  /// compares under the lock only when the branch exists; of two processes that create one, it lets
  /// the second overwrite the first.
  func moveBranch(
    _ branch: String, from old: CommitID?, to new: CommitID, by author: Signature, reason: String
  ) throws(GitError) {
    let name = try referenceName(branch)
    if old == nil { try refuseNesting(name) }
    let signature = try OwnedSignature(author)
    _ = try commit(new)
    var oid = new.oid
    let transaction = try lock(name)
    let current = try target(of: name)
    guard current == old else { throw lost(name, expected: old, found: current) }
    let line = reason.split(separator: "\n", omittingEmptySubsequences: true).first ?? ""
    let operation = "move \(name) to \(new.short)"
    try git(
      operation,
      unsafe git_transaction_set_target(
        transaction.pointer, name, &oid, signature.pointer, String(line)))
    try git(operation, unsafe git_transaction_commit(transaction.pointer))
  }

  /// The error of a compare-and-swap that was lost.
  func lost(_ name: String, expected: CommitID?, found: CommitID?) -> GitError {
    GitError(
      .modified, operation: "move \(name)",
      message: "it is at \(found?.short ?? "no commit"), not at \(expected?.short ?? "no commit")")
  }

  /// Takes the lock file of a reference, polling for up to two seconds while another process has it.
  /// One that a dead process has left is removed after a minute.
  private func lock(_ name: String) throws(GitError) -> Handle<TransactionKind> {
    let operation = "lock \(name)"
    var refusal = GitError(.locked, operation: operation, message: "the task was cancelled")
    for attempt in 0..<200 where !Task.isCancelled {
      if attempt > 0 { Thread.sleep(forTimeInterval: .random(in: 0.005...0.015)) }
      let transaction = try Handle<TransactionKind>(operation) {
        unsafe git_transaction_new(&$0, pointer)
      }
      do {
        try git(operation, unsafe git_transaction_lock_ref(transaction.pointer, name))
        return transaction
      } catch {
        guard error.code == .locked else { throw error }
        if attempt == 0 { _ = removeStaleLock(of: name) }
        refusal = GitError(
          .locked, operation: operation,
          message: "\(error.message). If no Git process runs, remove \(gitDirectory)/\(name).lock")
      }
    }
    throw refusal
  }

  /// Throws if a branch is a directory of the new one's name or the other way round: Git cannot keep both.
  private func refuseNesting(_ name: String) throws(GitError) {
    let parents = name.ancestors.filter { $0.split(separator: "/").count > 2 }
    var conflict: String?
    for parent in parents where try target(of: parent) != nil { conflict = parent }
    let iterator = try Handle<ReferenceIteratorKind>("list the branches below \(name)") {
      unsafe git_reference_iterator_glob_new(&$0, pointer, name + "/*")
    }
    var child: UnsafePointer<CChar>?
    if unsafe git_reference_next_name(&child, iterator.pointer) == 0 {
      conflict = unsafe copy(child)
    }
    guard let conflict else { return }
    throw GitError(
      .invalid, operation: "create \(name)",
      message: "\(conflict) exists, and Git cannot keep both")
  }
}
