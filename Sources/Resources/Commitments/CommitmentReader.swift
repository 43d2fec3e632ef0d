internal import Foundation
public import Model
public import Pricing

/// Reads which commitments an account has in a region: capacity reservations of EC2, and Savings Plans that hold
/// there. What an hour of a Savings Plan was used for only Cost Explorer tells, a cent for each request: it is not asked.
public struct CommitmentReader: Sendable {
  private let scope: ResourceScope

  /// At most so many pages of Savings Plans are read.
  private static let mostPages = 100

  /// A reader for an account and region.
  public init(client: any AWSCaller, account: String, region: String, prices: PriceCatalog) {
    scope = ResourceScope(client: client, account: account, region: region, prices: prices)
  }

  /// The commitments that hold or are about to, reservations first, by ID.
  ///
  /// - Throws: what the AWS client throws.
  public func commitments() async throws -> [Commitment] {
    async let reservations = reservations()
    async let plans = savingsPlans()
    return try await reservations.sorted { $0.id < $1.id } + plans.sorted { $0.id < $1.id }
  }

  private func reservations() async throws -> [Commitment] {
    let states: Value = ["Name": "state", "Values": ["active", "pending", "scheduled"]]
    let found = try await scope.client.all(
      "ec2", "DescribeCapacityReservations", ["Filters": [states], "MaxResults": 1000],
      items: "CapacityReservations")
    return found.compactMap(commitment(reservation:))
  }

  private func commitment(reservation: Value) -> Commitment? {
    guard let id = reservation["CapacityReservationId"]?.string else { return nil }
    let type = reservation["InstanceType"]?.string ?? "instance"
    let platform = reservation["InstancePlatform"]?.string ?? ""
    let zone = reservation["AvailabilityZone"]?.string ?? scope.region
    let count = reservation["TotalInstanceCount"]?.int ?? 0
    let unused = reservation["AvailableInstanceCount"]?.int
    func cost(_ count: Int) -> MonthlyCost {
      if let owner = reservation["OwnerId"]?.string, owner != scope.account {
        return .unknown("it belongs to account \(owner)")
      }
      guard platform == "Linux/UNIX", reservation["Tenancy"] != "dedicated",
        reservation["ReservationType"] != "capacity-block"
      else { return .unknown("no price for \(type) (\(platform)) in the catalog") }
      return scope.prices.monthlyCost(
        of: .computeInstance(type), quantity: Decimal(count), in: scope.region, called: type)
    }
    return Commitment(
      kind: .capacityReservation, id: id, subject: "\(count) x \(type) (\(platform)) in \(zone)",
      state: reservation["State"]?.string ?? "", unused: unused, cost: cost(count),
      unusedCost: unused.map(cost), end: Timestamps.date(reservation["EndDate"] ?? .null))
  }

  private func savingsPlans() async throws -> [Commitment] {
    var found: [Value] = []
    var input: [String: Value] = [
      "states": ["active", "payment-pending", "pending-return", "queued"], "maxResults": 1000,
    ]
    for _ in 0..<Self.mostPages {
      let page = try await scope.client.call("savingsplans", "DescribeSavingsPlans", .map(input))
      found += page["savingsPlans"]?.elements ?? []
      guard let token = page["nextToken"]?.string, !token.isEmpty else { break }
      input["nextToken"] = .string(token)
    }
    return found.compactMap(commitment(plan:))
  }

  /// Plans of EC2 instances hold in one region, all others everywhere.
  private func commitment(plan: Value) -> Commitment? {
    let region = plan["region"]?.string ?? ""
    guard let id = plan["savingsPlanId"]?.string, region.isEmpty || region == scope.region else {
      return nil
    }
    let hourly = plan["commitment"]?.numeral
    let currency = plan["currency"]?.string ?? "USD"
    let words = [
      plan["savingsPlanType"]?.string, plan["ec2InstanceFamily"]?.string,
      hourly.map { "\($0.plain) \(currency) an hour" }, plan["paymentOption"]?.string,
    ]
    return Commitment(
      kind: .savingsPlan, id: id,
      subject: words.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ", "),
      state: plan["state"]?.string ?? "",
      cost: currency == "USD"
        ? hourly.map { MonthlyCost($0 * Price.Unit.hour.perMonth) }
          ?? .unknown("the plan tells no commitment") : .unknown("it is in \(currency)"),
      end: Timestamps.date(plan["end"] ?? .null))
  }
}
