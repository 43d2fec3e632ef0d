internal import Manifests
internal import Model

/// A policy's files as they were read, before anything is made of them.
struct ReadPolicy: Sendable {
  let source: PolicySource
  let reference: PolicyReference
  /// What could not be read; it is told with everything else that is wrong.
  var unreadable = Diagnostics()
}
