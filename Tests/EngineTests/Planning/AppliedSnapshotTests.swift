import Engine
import Model
import Testing

@Suite struct AppliedSnapshotTests {
  private let address = Address("fake/thing", "a")

  private func state(_ attributes: [String: Value]) -> State {
    let environment = EnvironmentReference(name: "prod", account: "123456789012", region: "r")
    let record = AppliedResource(
      address: address, attributes: attributes, found: [:], foundContext: ["revision": 7],
      wasCreated: false, onRemove: .restore, isProtected: false,
      manifest: ManifestReference(kind: "Thing", name: "a"), dependsOn: [], serial: 1)
    return State(
      lineage: "l", serial: 1, environment: environment, resources: [address: record])
  }

  @Test func whatWasAppliedStandsInPlaceOfDrift() {
    let snapshot = Snapshot(
      serial: 2,
      resources: [
        address: .init(
          before: LiveResource(attributes: ["limit": 950, "foreign": 1, "note": "x"]),
          touched: ["limit"])
      ])
    let applied = [snapshot].asApplied(by: state(["limit": 800, "note": .null]))
    #expect(applied[0].resources[address]?.before?.attributes == ["limit": 800, "foreign": 1])
    #expect(applied[0].resources[address]?.touched == ["limit", "note"])
  }

  @Test func whatOthersDeletedIsThereAgain() {
    let snapshot = Snapshot(
      serial: 2, resources: [address: .init(before: nil, touched: ["limit"])])
    let before = [snapshot].asApplied(by: state(["limit": 800]))[0].resources[address]?.before
    #expect(before == LiveResource(attributes: ["limit": 800], context: ["revision": 7]))
    #expect([snapshot].asApplied(by: nil) == [snapshot])
  }

  @Test func whatLaterAppliesOnlyTookOverIsThereToo() {
    let later = Snapshot(serial: 2, resources: [:])
    let applied = [later].asApplied(by: state(["limit": 800, "note": .null]))
    #expect(
      applied.last?.resources == [
        address: .init(
          before: LiveResource(attributes: ["limit": 800]), touched: ["limit", "note"])
      ])
  }
}
