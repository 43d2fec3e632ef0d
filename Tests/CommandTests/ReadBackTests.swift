import Foundation
import Testing

/// What AWS does not show at once is read again.
@Suite("Reading back")
struct ReadBackTests {
  @Test("a write that shows late is waited for, and the wait is told")
  func late() async throws {
    let scene = try await Scene()
    for name in ["tasks", "exams", "budget", "limits"] {
      try scene.repository.remove("manifests/\(name).yaml")
    }
    try await scene.repository.commit("Just the bucket")
    try await scene.account.fault("stale", "s3", "GetBucketLifecycleConfiguration", times: 2)
    let result = try await scene.weir(
      "apply", "--env", "prod", "--auto-approve", isQuiet: true, within: 300)
    let waits = result.errors.split(separator: "\n").filter {
      $0.hasPrefix("Waiting")
    }
    let wait = "Waiting 10 s for AWS to show s3/lifecycle pythonide-data-\(scene.account.id)."
    #expect(waits.map(String.init) == [wait, wait], "\(result.errors)")
    #expect(result.errors.contains("Verifying 1 resource, attempt 3."))
    let stale = try await scene.account.requests().filter { $0.fault == "stale" }
    #expect(stale.count == 2)
    #expect(try await scene.aws("len(aws.rule_ids())") == "3")
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", isQuiet: true)
  }
}
