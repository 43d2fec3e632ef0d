import Foundation
import Testing

/// The objects that `weir render kubernetes` writes.
@Suite("Objects of Kubernetes")
struct KubernetesTests {
  private func scene(_ environment: String) async throws -> Scene {
    let scene = try await Scene(nil, seeded: false)
    let fixtures = Places.tests.deletingLastPathComponent().appending(path: "PolicyTests/Fixtures")
    let manifest = try String(
      contentsOf: fixtures.appending(path: "ClusterQuota/full.yaml"), encoding: .utf8)
    try scene.repository.write("cluster.yaml", manifest)
    try scene.repository.write(
      "weir.yaml",
      """
      apiVersion: weir/v1
      kind: Project
      metadata: {name: shop}
      spec:
        environments: {\(environment): {account: "\(scene.account.id)", region: us-east-2}}
      """)
    return scene
  }

  @Test("are read by others as they are meant, in both forms")
  func readByOthers() async throws {
    let scene = try await scene("prod")
    let text = try await scene.weir("render", "kubernetes").output
    let json = try await scene.weir("render", "kubernetes", "--format", "json", isQuiet: true)
    let documents = try await scene.aws("list(__import__('yaml').safe_load_all(text))", text: text)
    #expect(try await scene.aws("json.loads(text)['items']", text: json.output) == documents)
    try await scene.weir("render", "kubernetes", "--out", "../objects.yaml")
    #expect(try scene.repository.read("../objects.yaml") == text)
    #expect(try await scene.account.requests().isEmpty)
    try await scene.weir("render", "kubernetes", "--format", "html", exit: 1)
    try await scene.weir("render", "kubernetes", "--out", "nowhere/objects.yaml", exit: 1)
    try scene.repository.remove("cluster.yaml")
    try await scene.weir("render", "kubernetes", exit: 1)
    try await scene.expectSnapshot("render-kubernetes")
  }
}
