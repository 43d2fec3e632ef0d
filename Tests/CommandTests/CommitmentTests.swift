import Foundation
import Testing

/// What is owed whether used or not is told where it is asked for, and never bought.
@Suite("Commitments")
struct CommitmentTests {
  @Test("are read on demand only")
  func read() async throws {
    let scene = try await Scene()
    let none = try await scene.weir(
      "status", "--env", "prod", "--commitments", isQuiet: true)
    #expect(none.output.contains("no capacity reservation and no Savings Plan"))
    try await scene.aws(
      """
      aws('ec2').create_capacity_reservation(InstanceType='t3.medium', InstanceCount=2, \
      InstancePlatform='Linux/UNIX', AvailabilityZone='us-east-2a')
      """)
    try await scene.aws(
      """
      aws('savingsplans').create_savings_plan(commitment='10.0', \
      savingsPlanOfferingId='00000000-0000-4000-8000-000000000000')
      """)
    try await scene.account.forgetRequests()
    try await scene.weir("status", "--env", "prod", isQuiet: true)
    #expect(try await scene.account.requests().isEmpty)
    let text = try await scene.weir(
      "status", "--env", "prod", "--commitments", "--format", "json", isQuiet: true
    ).output
    #expect(try await scene.account.writes() == [])
    #expect(
      try await scene.aws(
        "[[c['kind'], c['subject'], c.get('unused'), c['cost']['amount']] "
          + "for c in json.loads(text)['commitments']]", text: text)
        == #"[["capacityReservation", "2 x t3.medium (Linux/UNIX) in us-east-2a", 2, 0], "#
        + #"["savingsPlan", "Compute, 10 USD an hour, All Upfront", null, 7300]]"#)
    let table = try await scene.weir("status", "--env", "prod", "--commitments", isQuiet: true)
    #expect(table.output.contains("$7,300.00/mo"))
  }
}
