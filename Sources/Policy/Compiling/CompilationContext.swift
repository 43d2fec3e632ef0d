public import Foundation
public import Manifests

/// What a manifest is compiled in: its environment, the manifests beside it, and the time.
public struct CompilationContext: Sendable {
  /// The environment.
  public let environment: ProjectEnvironment
  /// All manifests that hold in it.
  public let manifests: [Manifest]
  /// The time at which schedules are judged.
  public let time: Date

  /// A context.
  public init(environment: ProjectEnvironment, manifests: [Manifest], time: Date) {
    self.environment = environment
    self.manifests = manifests
    self.time = time
  }

  /// The manifests of a kind.
  func manifests(of kind: any ManifestKind.Type) -> [Manifest] {
    manifests.filter { $0.kind == kind.schema.kind }
  }
}
