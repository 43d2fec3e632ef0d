internal import Foundation
internal import Manifests
internal import Model
internal import Policy

/// A policy read and compiled for all its environments.
struct CompiledPolicy: Sendable {
  let loaded: LoadedPolicy
  let environments: [String: CompiledEnvironment]
  /// The resources that manifests name, by environment.
  var resources: [String: [DesiredResource]] { environments.mapValues(\.resources) }
  /// What is worth knowing but stops nothing.
  let warnings: Diagnostics

  private let allowsEmpty: Bool

  /// Reads and compiles `source`, as of `time`; `others` are told with what that finds.
  ///
  /// - Parameter allowsEmpty: whether there may be no manifest, so that all is given up.
  /// - Throws: `Diagnostics` with everything that is wrong, in all environments.
  init(
    _ source: PolicySource, at time: Date, adding others: Diagnostics = Diagnostics(),
    allowsEmpty: Bool = false
  ) throws {
    self.allowsEmpty = allowsEmpty
    loaded = loadPolicy(source, kinds: kindSchemas(), allowsEmpty: allowsEmpty)
    var environments: [String: CompiledEnvironment] = [:]
    var found = others
    for environment in loaded.environments {
      let compiled = compile(environment, at: time)
      environments[environment.environment.name] = compiled
      found.add(compiled.diagnostics)
    }
    // Only of a policy that is right by itself: what is wrong there may be all that clashes.
    if !loaded.allDiagnostics(adding: found).hasErrors {
      found.add(
        environmentClashes(
          loaded.environments.map(\.environment), resources: environments.mapValues(\.resources)))
    }
    try loaded.throwIfErrors(adding: found)
    self.environments = environments
    warnings = loaded.allDiagnostics(adding: found)
  }

  /// The environment `name`, or the only one.
  ///
  /// - Throws: `Diagnostics` where it is not there, is empty, or must be named.
  func environment(named name: String?) throws -> (ProjectEnvironment, CompiledEnvironment) {
    let chosen = try loaded.environment(named: name, allowsEmpty: allowsEmpty)
    return (chosen.environment, environments[chosen.environment.name] ?? CompiledEnvironment())
  }
}
