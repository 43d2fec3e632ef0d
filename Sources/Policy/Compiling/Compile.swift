public import Foundation
public import Manifests
public import Model

/// What the manifests of an environment ask for, and what is wrong with them.
public struct CompiledEnvironment: Hashable, Sendable {
  /// The resources that manifests name, sorted by address, each once.
  public let resources: [DesiredResource]
  /// What manifests ask of resources that they do not name.
  public let selections: [DesiredSelection]
  /// What the kinds found wrong. ``LoadedPolicy/throwIfErrors(adding:)`` tells it with the rest.
  public let diagnostics: Diagnostics
}

extension CompiledEnvironment {
  /// Nothing is asked for.
  public init() { self.init(resources: [], selections: [], diagnostics: Diagnostics()) }
}

/// Compiles the manifests of an environment to the resources that they ask for. Pure: schedules are
/// judged at `time`, nothing else counts.
public func compile(_ manifests: EnvironmentManifests, at time: Date) -> CompiledEnvironment {
  let context = CompilationContext(
    environment: manifests.environment, manifests: manifests.manifests,
    attachments: manifests.attachments, time: time)
  let kinds = Dictionary(
    allKinds.map { ($0.schema.kind, $0) }, uniquingKeysWith: { first, _ in first })
  var diagnostics = Diagnostics()
  var claims = Claims()
  var selections: [DesiredSelection] = []
  for manifest in manifests.manifests {
    guard let kind = kinds[manifest.kind] else { continue }
    for resource in kind.compile(manifest, in: context, into: &diagnostics) {
      claims.add(resource, into: &diagnostics)
    }
    selections += kind.select(manifest, in: context, into: &diagnostics)
  }
  let resources = claims.resources
  return CompiledEnvironment(
    resources: resources, selections: selections.map { $0.owned(by: resources) },
    diagnostics: diagnostics)
}
