import Model
import TestSupport
import Testing

@testable import Engine

/// An apply with every action in it: `u` is changed and `c`, `e` are created in a chain, `d` is
/// deleted after `g` has been given back, `w` loses an attribute, `a` is adopted, `k` forgotten.
enum Scenario {
  static let secret: Value = .sensitive(.clear("ada@example.com"))

  static var desired: [DesiredResource] {
    [
      wanted(thing("u"), ["x": 2, "s": secret]),
      wanted(thing("c"), ["x": 1, "y": 1], dependsOn: [thing("u")]),
      wanted(thing("e"), ["x": 3], dependsOn: [thing("c")]),
      wanted(thing("w"), ["x": 1]),
      wanted(thing("a"), ["x": 9]),
    ]
  }

  static let before: [Address: LiveResource] = [
    thing("u"): held(["x": 1, "f": 7]), thing("d"): held(["x": 4, "y": 4]),
    thing("g"): held(["x": 6, "y": 6, "f": 7]), thing("k"): held(["x": 8]),
    thing("w"): held(["v": 3, "w": 2, "x": 1]), thing("a"): held(["x": 9, "f": 7]),
    thing("foreign"): held(["x": 1]),
  ]

  static var state: State {
    State(
      lineage: Bench.lineage, serial: 3, environment: Bench.environment, policyCommit: "earlier",
      resources: Dictionary(
        uniqueKeysWithValues: [
          record("u", ["x": 1], found: ["x": 0]),
          record("d", ["x": 4, "y": 4], found: ["x": .null, "y": .null], wasCreated: true),
          record("g", ["x": 6, "y": 6], found: ["x": 5, "y": .null], dependsOn: ["d"]),
          record("k", ["x": 8], found: ["x": 0], onRemove: .keep),
          record("w", ["v": 3, "w": 2, "x": 1], found: ["v": 1, "w": .null, "x": 0]),
        ].map { ($0.address, $0) }))
  }

  private static func record(
    _ name: String, _ attributes: [String: Value], found: [String: Value],
    wasCreated: Bool = false, onRemove: RemovalPolicy = .restore, dependsOn: [String] = []
  ) -> AppliedResource {
    AppliedResource(
      address: thing(name), attributes: attributes, found: found, foundContext: [:],
      wasCreated: wasCreated, onRemove: onRemove, isProtected: false, manifest: testManifest,
      dependsOn: dependsOn.map { thing($0) }, serial: 3)
  }

  static var bench: Bench { Bench(before, state: state) }

  /// What AWS holds at the end, secrets in clear text.
  static let after: [Address: LiveResource] = [
    thing("u"): held(["x": 2, "f": 7, "s": secret]), thing("c"): held(["x": 1, "y": 1]),
    thing("e"): held(["x": 3]), thing("g"): held(["x": 5, "f": 7]), thing("k"): held(["x": 8]),
    thing("w"): held(["v": 1, "x": 1]), thing("a"): held(["x": 9, "f": 7]),
    thing("foreign"): held(["x": 1]),
  ]

  /// How many steps an apply takes that nothing disturbs, without those of its planning.
  static func stepCount() async throws -> Int {
    let bench = bench
    let (plan, vault) = try await bench.plan(.policy(desired))
    bench.steps.revive()
    try await bench.apply(plan, vault: vault)
    return bench.steps.taken.count
  }

  /// Every record is of what AWS holds, or is what stood before.
  static func expectTrue(
    _ state: State?, prior: State, cloud: FakeCloud, _ comment: Comment,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async {
    var vault = SecretVault(lineage: Bench.lineage)
    for (address, record) in state?.resources ?? [:] where record != prior.resources[address] {
      let live = await cloud.resources[address].map { vault.conceal($0) }
      for (name, value) in record.attributes {
        let isHeld = live?.attributes[name] ?? .null == value
        let isPrior = prior.resources[address]?.attributes[name] == value
        #expect(isHeld || isPrior, "\(address) \(name): \(comment)", sourceLocation: sourceLocation)
      }
    }
  }

  /// Nothing was sent to AWS before the lease was taken.
  static func expectLeaseFirst(
    _ steps: Steps, _ comment: Comment, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let taken = steps.taken
    guard let write = taken.firstIndex(where: \.isWrite) else { return }
    let begin = taken.firstIndex(of: .begin) ?? .max
    #expect(begin < write, comment, sourceLocation: sourceLocation)
  }
}
