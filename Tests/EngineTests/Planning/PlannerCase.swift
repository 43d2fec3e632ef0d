import Foundation
import Model
import TestSupport
import Testing

@testable import Engine

/// What the policy says of the attribute `x` of the one resource.
enum Wish: CaseIterable {
  /// The policy does not name the resource.
  case noResource
  /// It names the resource, and no longer the attribute.
  case noAttribute
  case two, three, absent
  /// It is moved by somebody who is there.
  case within
  /// It is moved by somebody who is not there yet.
  case withinOwnerToCome

  var desired: DesiredValue? {
    switch self {
    case .noResource, .noAttribute: nil
    case .two: .exactly(2)
    case .three: .exactly(3)
    case .absent: .absent
    case .within, .withinOwnerToCome: .within(2...4, initial: 3, owner: ownerAddress)
    }
  }
}

let caseAddress = thing("one")
let ownerAddress = thing("owner")

/// What AWS holds of `x`.
enum Held: CaseIterable {
  case noResource, noAttribute, two, three, nine

  var value: Value? {
    switch self {
    case .noResource, .noAttribute: nil
    case .two: 2
    case .three: 3
    case .nine: 9
    }
  }
}

/// What the state says of `x`.
struct Recorded {
  let applied: Value?
  let found: Value
  let wasCreated: Bool
  let onRemove: RemovalPolicy
  let isProtected: Bool

  static let all: [Recorded?] = {
    var all: [Recorded?] = [nil]
    for applied: Value? in [2, nil] {
      for found: Value in [.null, 3] {
        for wasCreated in [false, true] {
          for onRemove in RemovalPolicy.allCases {
            for isProtected in [false, true] {
              all.append(
                Recorded(
                  applied: applied, found: found, wasCreated: wasCreated, onRemove: onRemove,
                  isProtected: isProtected))
            }
          }
        }
      }
    }
    return all
  }()
}

/// One combination of desired, live and state, and what a plan makes of it.
struct PlannerCase {
  let wish: Wish
  let held: Held
  let recorded: Recorded?
  let type: String

  private static let schemas = Bench().types

  var address: Address { thing("one", type) }

  var onRemove: RemovalPolicy { recorded?.onRemove ?? .restore }

  var desired: [DesiredResource] {
    if wish == .noResource { return [] }
    var wishes: [String: DesiredValue] = ["z": .exactly(1)]
    wishes["x"] = wish.desired
    return [wanted(address, wishes: wishes, onRemove: onRemove)]
  }

  /// `y` is never Weir's, `z` is as wanted.
  var live: [Address: LiveResource] {
    var live: [Address: LiveResource] = [:]
    if held != .noResource {
      live[address] = LiveResource(attributes: ["y": 7, "z": 1])
      live[address]?.attributes["x"] = held.value
    }
    if wish == .within { live[ownerAddress] = LiveResource(attributes: [:]) }
    return live
  }

  var state: State? {
    guard let recorded else { return nil }
    return State(
      lineage: Bench.lineage, serial: 4, environment: Bench.environment,
      resources: [
        address: AppliedResource(
          address: address, attributes: ["x": recorded.applied ?? .null],
          found: ["x": recorded.found], foundContext: [:], wasCreated: recorded.wasCreated,
          onRemove: recorded.onRemove, isProtected: recorded.isProtected, manifest: testManifest,
          dependsOn: [], serial: 4)
      ])
  }

  func plan(live: [Address: LiveResource], state: State?) -> Plan {
    makePlan(
      PlanInput(
        intent: .policy(desired), environment: Bench.environment,
        policy: PolicyReference(commit: nil, hasUncommittedChanges: false, directory: ""),
        state: state, lineage: Bench.lineage, live: live, schemas: Self.schemas,
        time: ManualClock().now))
  }
}

/// What AWS and the state hold after a plan has been applied without a failure.
func outcome(of plan: Plan, live: [Address: LiveResource], state: State?)
  -> (live: [Address: LiveResource], state: State)
{
  var after = live
  for change in plan.changes where change.action.writes {
    after[change.address] =
      change.action == .delete
      ? nil
      : LiveResource(
        attributes: change.write.result, context: live[change.address]?.context ?? [:])
  }
  let next = nextState(
    state ?? State(lineage: plan.state.lineage, environment: plan.environment), plan: plan,
    digest: "", serial: plan.state.serial + 1,
    outcomes: plan.changes.map {
      ChangeOutcome(address: $0.address, action: $0.action, result: .applied)
    }, live: after)
  return (after, next)
}
