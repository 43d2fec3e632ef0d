internal import CGit2

/// Says how one kind of libgit2 object is freed.
protocol HandleKind {
  static func free(_ pointer: OpaquePointer)
}

/// Owns one libgit2 object and frees it once.
///
/// Safe because the pointer never leaves this module and is not used after the value that owns it.
@safe
struct Handle<Kind: HandleKind>: ~Copyable {
  let pointer: OpaquePointer

  /// Takes the object that a libgit2 function hands out through its first parameter.
  @safe init(
    _ operation: @autoclosure () -> String, _ make: (inout OpaquePointer?) -> Int32
  ) throws(GitError) {
    var made: OpaquePointer?
    try git(operation(), unsafe make(&made))
    guard let made = unsafe made else {
      preconditionFailure("libgit2 reported success without an object: \(operation())")
    }
    unsafe pointer = made
  }

  deinit { unsafe Kind.free(pointer) }
}

enum BlobKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { unsafe git_blob_free(pointer) }
}
enum CommitKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { unsafe git_commit_free(pointer) }
}
enum ConfigurationKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { unsafe git_config_free(pointer) }
}
enum DatabaseKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { unsafe git_odb_free(pointer) }
}
enum IndexKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { unsafe git_index_free(pointer) }
}
enum ObjectKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { unsafe git_object_free(pointer) }
}
enum ReferenceIteratorKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { unsafe git_reference_iterator_free(pointer) }
}
enum RemoteKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { unsafe git_remote_free(pointer) }
}
enum RepositoryKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { unsafe git_repository_free(pointer) }
}
enum TransactionKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { unsafe git_transaction_free(pointer) }
}
enum TreeKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { unsafe git_tree_free(pointer) }
}
enum TreeEntryKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { unsafe git_tree_entry_free(pointer) }
}
