import Foundation
import Model
import Pricing
import Resources
import Testing

private func reservation(_ id: String, _ more: [String: Value] = [:]) -> Value {
  let plain: Value = [
    "CapacityReservationId": .string(id), "OwnerId": "123456789012", "InstanceType": "t3.medium",
    "InstancePlatform": "Linux/UNIX", "AvailabilityZone": "us-east-1a", "Tenancy": "default",
    "TotalInstanceCount": 2, "AvailableInstanceCount": 1, "State": "active",
  ]
  return plain.with(more)
}

private func plan(_ id: String, _ more: [String: Value] = [:]) -> Value {
  let plain: Value = [
    "savingsPlanId": .string(id), "state": "active", "region": "", "savingsPlanType": "Compute",
    "paymentOption": "All Upfront", "currency": "USD", "commitment": "10.0",
    "end": "2027-01-01T00:00:00.000Z",
  ]
  return plain.with(more)
}

@Suite struct CommitmentReaderTests {
  private func read(_ reservations: [Value], _ plans: [Value]) async throws -> (
    [String: Commitment], FakeAWS
  ) {
    let aws = FakeAWS { operation, input in
      if operation == "DescribeCapacityReservations" {
        return ["CapacityReservations": .list(reservations)]
      }
      let start = Int(input["nextToken"]?.string ?? "0") ?? 0
      var answer: [String: Value] = ["savingsPlans": .list(Array(plans.dropFirst(start).prefix(2)))]
      if start + 2 < plans.count { answer["nextToken"] = .string("\(start + 2)") }
      return .map(answer)
    }
    let reader = CommitmentReader(
      client: aws, account: "123456789012", region: "us-east-1", prices: .builtIn)
    let found = try await reader.commitments()
    return (Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { $1 }), aws)
  }

  @Test func pricesWhatNobodyRuns() async throws {
    let (found, _) = try await read(
      [
        reservation("cr-1"), reservation("cr-2", ["OwnerId": "210987654321"]),
        reservation("cr-3", ["InstancePlatform": "Windows"]),
        reservation("cr-4", ["InstanceType": "x9.huge", "EndDate": 1_790_000_000]),
      ], [])
    // 0.0416 an hour, for 730 hours.
    #expect(found["cr-1"]?.cost.amount == Decimal(string: "60.736"))
    #expect(found["cr-1"]?.unusedCost?.amount == Decimal(string: "30.368"))
    #expect(found["cr-1"]?.subject == "2 x t3.medium (Linux/UNIX) in us-east-1a")
    #expect(found["cr-1"]?.end == nil)
    #expect(["cr-2", "cr-3", "cr-4"].allSatisfy { found[$0]?.cost.isKnown == false })
    #expect(found["cr-4"]?.end == Date(timeIntervalSince1970: 1_790_000_000))
  }

  @Test func readsEveryPageOfPlansThatHoldHere() async throws {
    let (found, aws) = try await read(
      [],
      [
        plan("a"), plan("b", ["region": "us-east-1", "ec2InstanceFamily": "m5"]),
        plan("c", ["region": "eu-west-1"]), plan("d", ["currency": "CNY"]),
        plan("e", ["commitment": .null]),
      ])
    #expect(Set(found.keys) == ["a", "b", "d", "e"])
    #expect(aws.inputs(of: "DescribeSavingsPlans").count == 3)
    #expect(found["a"]?.cost.amount == 7300)
    #expect(found["a"]?.subject == "Compute, 10 USD an hour, All Upfront")
    #expect(found["b"]?.subject == "Compute, m5, 10 USD an hour, All Upfront")
    #expect(found["d"]?.cost.isKnown == false && found["e"]?.cost.isKnown == false)
    #expect(found["a"]?.end == (try Date("2027-01-01T00:00:00Z", strategy: .iso8601)))
  }
}
