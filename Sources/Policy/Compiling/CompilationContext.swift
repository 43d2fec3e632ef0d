public import Foundation
public import Manifests
public import YAMLReader

/// What a manifest is compiled in: its environment, the manifests beside it, and the time.
public struct CompilationContext: Sendable {
  /// The environment.
  public let environment: ProjectEnvironment
  /// All manifests that hold in it.
  public let manifests: [Manifest]
  /// The documents of the files that manifests name under `spec.file`, by path from the policy's root.
  public let attachments: [String: [Node]]
  /// The time at which schedules are judged.
  public let time: Date

  /// A context.
  public init(
    environment: ProjectEnvironment, manifests: [Manifest], attachments: [String: [Node]] = [:],
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
}
