internal import ArgumentParser
internal import Foundation
internal import Manifests
internal import Model
internal import Policy
internal import Rendering

/// `weir render kubernetes`: the ClusterQuota manifests as objects of Kubernetes.
struct RenderKubernetesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kubernetes",
    abstract: "Write the ClusterQuota manifests of an environment as objects of Kubernetes.",
    discussion: """
      It is YAML, or with --format json a List; Flux, Argo CD and kubectl take both. The same policy \
      gives the same bytes. Neither AWS nor a cluster is asked.
      """)

  @OptionGroup var options: CommonOptions

  @Option(help: "The file to write to, whole or not at all; else standard output.")
  var out: String?

  func run() async throws {
    try await CommandContext(options).run { context in
      let workspace = try context.workspace()
      let (policy, _) = try await context.policy(in: workspace)
      let manifests = try policy.loaded.environment(named: options.environment)
      let environment = manifests.environment
      let objects = kubernetesObjects(manifests)
      if objects.isEmpty {
        context.console.tell("warning: no ClusterQuota holds in \(environment.name).")
      }
      let text = try render(kubernetes: objects, format: options.format)
      guard let out else {
        context.console.write(text)
        return .done
      }
      try writeFile(
        Data(text.utf8), to: out, isPrivate: false, orSay: "the objects could not be written")
      context.console.note("Wrote the objects of \(environment.name) to \(out).")
      return .done
    }
  }
}
