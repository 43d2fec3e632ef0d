internal import ArgumentParser
internal import Manifests
internal import Model
internal import Policy
internal import Rendering

/// `weir validate`: reads the policy and tells everything that is wrong with it.
struct ValidateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check the manifests of all environments; AWS is not asked.")

  @OptionGroup var options: CommonOptions

  func run() async throws {
    try await CommandContext(options).run { context in
      let workspace = try context.workspace()
      let (policy, reference) = try await context.policy(in: workspace)
      if let name = options.environment { _ = try policy.environment(named: name) }
      let chosen = policy.loaded.environments.filter {
        options.environment == nil || $0.environment.name == options.environment
      }
      let facts = ValidationFacts(
        policy: reference,
        manifests: Set(chosen.flatMap { $0.manifests.map(\.range) }).count,
        environments: chosen.map {
          ValidationFacts.Environment(
            environment: $0.environment.reference, manifests: $0.manifests.count,
            resources: policy.environments[$0.environment.name]?.resources.count ?? 0)
        })
      context.console.write(
        try render(
          validation: facts, format: options.format, style: context.console.outputStyle))
      return .done
    }
  }
}
