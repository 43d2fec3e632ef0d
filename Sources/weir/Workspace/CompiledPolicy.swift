internal import Foundation
internal import Manifests
internal import Model
internal import Policy

/// A policy read and compiled for all its environments.
struct CompiledPolicy: Sendable {
  let loaded: LoadedPolicy
  let resources: [String: [DesiredResource]]
  /// What is worth knowing but stops nothing.
  let warnings: Diagnostics

  /// Reads and compiles `source`, as of `time`; `others` are told with what that finds.
  ///
  /// - Throws: `Diagnostics` with everything that is wrong, in all environments.
  init(_ source: PolicySource, at time: Date, adding others: Diagnostics = Diagnostics()) throws {
    loaded = loadPolicy(source, kinds: kindSchemas())
    var resources: [String: [DesiredResource]] = [:]
    var found = others
    for environment in loaded.environments {
      let compiled = compile(environment, at: time)
      resources[environment.environment.name] = compiled.resources
      found.add(compiled.diagnostics)
    }
    // Only of a policy that is right by itself: what is wrong there may be all that clashes.
    if !loaded.allDiagnostics(adding: found).hasErrors {
      found.add(environmentClashes(loaded.environments.map(\.environment), resources: resources))
    }
    try loaded.throwIfErrors(adding: found)
    self.resources = resources
    warnings = loaded.allDiagnostics(adding: found)
  }

  /// The environment `name`, or the only one.
  ///
  /// - Throws: `Diagnostics` where it is not there, is empty, or must be named.
  func environment(named name: String?) throws -> (ProjectEnvironment, [DesiredResource]) {
    let chosen = try loaded.environment(named: name).environment
    return (chosen, resources[chosen.name] ?? [])
  }
}
