public import Foundation
public import Manifests
internal import Model
internal import YAMLReader

/// What a manifest is compiled in: its environment, the manifests beside it, and the time.
public struct CompilationContext: Sendable {
  /// The environment.
  public let environment: ProjectEnvironment
  /// All manifests that hold in it.
  public let manifests: [Manifest]
  /// The files that manifests name under `spec.file`, by path from the policy's root.
  public let attachments: [String: Attachment]
  /// The time at which schedules are judged.
  public let time: Date

  /// A context.
  public init(
    environment: ProjectEnvironment, manifests: [Manifest], attachments: [String: Attachment] = [:],
    time: Date
  ) {
    self.environment = environment
    self.manifests = manifests
    self.attachments = attachments
    self.time = time
  }

  /// The manifests of a kind.
  func manifests(of kind: any ManifestKind.Type) -> [Manifest] {
    manifests.filter { $0.kind == kind.schema.kind }
  }

  /// The documents of the file that a manifest names; nil where it is not there, which is reported, or wrong in
  /// itself, which has been.
  ///
  /// - Parameter noun: what sort of file it should be: `JSON file`.
  func documents(
    of path: Located<String>, of manifest: Manifest, as noun: String,
    into diagnostics: inout Diagnostics
  ) -> [Node]? {
    let file = attachmentPath(path.value, beside: manifest.file)
    switch attachments[file] {
    case .documents(let documents): return documents
    case .unreadable: return nil
    case nil:
      diagnostics.add(
        error: "no such file", at: path.range,
        detail: "`\(file)` is no \(noun) below the policy's root. The path is taken from the"
          + " manifest's folder.")
      return nil
    }
  }
}
