internal import CGit2
internal import Foundation

/// A signature in libgit2's form, freed with this value.
@safe
struct OwnedSignature: ~Copyable {
  let pointer: UnsafeMutablePointer<git_signature>

  /// Copies a signature; the time loses its fraction of a second.
  init(_ signature: Signature) throws(GitError) {
    var made: UnsafeMutablePointer<git_signature>?
    let seconds = git_time_t(signature.time.timeIntervalSince1970.rounded(.down))
    let operation = "sign as '\(signature.name) <\(signature.email)>'"
    do {
      try git(
        operation, unsafe git_signature_new(&made, signature.name, signature.email, seconds, 0))
    } catch {
      throw GitError(.invalid, operation: operation, message: error.message)
    }
    guard let made = unsafe made else {
      preconditionFailure("libgit2 reported success without a signature")
    }
    unsafe pointer = made
  }

  deinit { unsafe git_signature_free(pointer) }
}
