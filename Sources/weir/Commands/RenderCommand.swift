internal import ArgumentParser

/// `weir render`: what other tools apply.
struct RenderCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: "Write what the policy says in the form of another tool.",
    subcommands: [RenderKubernetesCommand.self])
}
