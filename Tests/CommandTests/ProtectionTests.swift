import Foundation
import Testing

/// What is protected is not deleted, and what cannot be brought back takes a permission.
@Suite("Protection")
struct ProtectionTests {
  /// A policy of the limits, which Weir creates.
  private func scene(_ edit: (PolicyRepository) throws -> Void) async throws -> Scene {
    let scene = try await Scene()
    for name in ["tasks", "exams", "data"] {
      try scene.repository.remove("manifests/\(name).yaml")
    }
    try edit(scene.repository)
    try await scene.repository.commit("Budget and limits")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    return scene
  }

  private func expectKept(_ scene: Scene, after tip: String) async throws {
    #expect(try await scene.account.writes() == [])
    #expect(try await scene.repository.tip("weir/prod") == tip)
    #expect(try await scene.aws("list(aws.parameters())") == #"["/dig/turn/limits"]"#)
  }

  @Test("the mark of a manifest outlives it, and bars a rollback, too")
  func manifest() async throws {
    let scene = try await scene {
      try $0.edit(
        "manifests/limits.yaml", "environments: [prod]", "environments: [prod], protect: true")
    }
    let tip = try await scene.repository.tip("weir/prod")
    try scene.repository.remove("manifests/limits.yaml")
    try await scene.repository.commit("Remove the limits")
    try await scene.account.forgetRequests()
    let plan = try await scene.weir("plan", "--env", "prod", exit: 3)
    #expect(plan.output.contains("protected"))
    try await scene.weir(
      "apply", "--env", "prod", "--auto-approve", "--allow-delete", "--allow-irreversible", exit: 3)
    try await scene.weir("rollback", "--env", "prod", "--auto-approve", exit: 3)
    try await expectKept(scene, after: tip)
    // Named again without the mark it may go.
    try await scene.repository.git("checkout", "-q", "HEAD~1", "--", "manifests/limits.yaml")
    try scene.repository.edit("manifests/limits.yaml", "protect: true", "protect: false")
    try await scene.repository.commit("It may go")
    try await scene.weir("apply", "--env", "prod", "--auto-approve", isQuiet: true)
    try scene.repository.remove("manifests/limits.yaml")
    try await scene.repository.commit("Remove the limits")
    try await scene.weir(
      "apply", "--env", "prod", "--auto-approve", "--allow-delete", isQuiet: true)
    #expect(try await scene.aws("list(aws.parameters())") == "[]")
    try await scene.expectSnapshot("protected-manifest")
  }

  @Test("the mark of an environment outlives manifest and mark")
  func environment() async throws {
    let scene = try await scene {
      try $0.edit(
        "weir.yaml", "values: {logDays: 90d}", "values: {logDays: 90d}\n      protect: true")
    }
    let tip = try await scene.repository.tip("weir/prod")
    try scene.repository.edit("weir.yaml", "\n      protect: true", "")
    try scene.repository.remove("manifests/limits.yaml")
    try await scene.repository.commit("Remove the limits and the protection")
    try await scene.account.forgetRequests()
    try await scene.weir(
      "apply", "--env", "prod", "--auto-approve", "--allow-delete", exit: 3, isQuiet: true)
    try await scene.weir("rollback", "--env", "prod", "--auto-approve", exit: 3, isQuiet: true)
    try await expectKept(scene, after: tip)
  }

  @Test("a rule that begins to delete objects is marked, and takes a permission of its own")
  func expiration() async throws {
    let scene = try await Scene()
    for name in ["tasks", "exams", "budget", "limits"] {
      try scene.repository.remove("manifests/\(name).yaml")
    }
    try scene.repository.edit("weir.yaml", "    allowIrreversible: true", "    maxDeletes: 5")
    try await scene.repository.commit("Just the bucket")
    let before = try await scene.aws("aws.lifecycle()")
    let apply = ["apply", "--env", "prod", "--auto-approve"]
    try await scene.account.forgetRequests()
    let plan = try await scene.weir("plan", "--env", "prod", "--out", "../plan.json")
    #expect(plan.output.contains("objects under logs/ older than"))
    try await scene.weir(apply, exit: 3)
    try await scene.weir(apply + ["--allow-delete"], exit: 3, isQuiet: true)
    try await scene.weir("apply", "../plan.json", exit: 3, isQuiet: true)
    #expect(try await scene.account.writes() == [])
    try await scene.weir("apply", "../plan.json", "--allow-irreversible", isQuiet: true)
    let applied = try await scene.aws("aws.lifecycle()")
    // Keeping objects longer deletes nothing, and needs nothing.
    try scene.repository.edit("weir.yaml", "90d", "120d")
    try await scene.repository.commit("Keep logs longer")
    try await scene.weir(apply, isQuiet: true)
    // The way back keeps them shorter.
    try await scene.weir("rollback", "--env", "prod", "--auto-approve", exit: 3)
    try await scene.weir(
      "rollback", "--env", "prod", "--auto-approve", "--allow-irreversible", isQuiet: true)
    expectSame(try await scene.aws("aws.lifecycle()"), applied)
    // To stop deleting takes nothing either.
    try await scene.weir("rollback", "--to", "0", "--env", "prod", "--auto-approve", isQuiet: true)
    expectSame(try await scene.aws("aws.lifecycle()"), before)
    try await scene.expectSnapshot("irreversible")
  }
}
