import Foundation
import Model
import TestSupport
import Testing

@testable import Engine

/// What holds for every combination of desired, state and live.
@Suite struct PlannerTests {
  static let pairs = Wish.allCases.flatMap { wish in Held.allCases.map { (wish, $0) } }
  static let types = ["free/thing", "kept/thing", "fixed/thing"]

  /// Every combination with these two, with its plan.
  private func each(
    _ pair: (Wish, Held), _ body: (PlannerCase, Plan) throws -> Void
  ) rethrows {
    for type in Self.types {
      for recorded in Recorded.all {
        let example = PlannerCase(wish: pair.0, held: pair.1, recorded: recorded, type: type)
        try body(example, example.plan(live: example.live, state: example.state))
      }
    }
  }

  /// Every combination that may be applied, with what it leads to.
  private func eachApplied(
    _ pair: (Wish, Held),
    _ body: (PlannerCase, Plan, [Address: LiveResource], State) throws -> Void
  ) rethrows {
    try each(pair) { example, plan in
      if plan.problems.contains(where: \.isError) { return }
      let after = outcome(of: plan, live: example.live, state: example.state)
      try body(example, plan, after.live, after.state)
    }
  }

  @Test(arguments: pairs) func neverDeletesWhatIsNotInTheState(wish: Wish, held: Held) {
    each((wish, held)) { example, plan in
      if example.recorded == nil { #expect(plan.count(of: .delete) == 0, "\(example)") }
      if !plan.changes.isEmpty, plan.changes[0].action == .delete {
        #expect(wish == .noResource, "\(example)")
      }
    }
  }

  @Test(arguments: pairs) func neverWritesWhatIsNotOwned(wish: Wish, held: Held) {
    each((wish, held)) { example, plan in
      for change in plan.changes where change.action != .delete {
        let touched = Set(change.set.keys).union(change.unset)
        let owned: Set =
          example.recorded == nil && example.wish == .noAttribute ? ["z"] : ["x", "z"]
        #expect(touched.isSubset(of: owned), "\(example)")
        #expect(!change.action.writes == touched.isEmpty || change.action == .create, "\(example)")
      }
    }
    eachApplied((wish, held)) { example, _, live, _ in
      guard let resource = live[example.address], example.live[example.address] != nil else {
        return
      }
      #expect(resource.attributes["y"] == 7, "\(example)")
    }
  }

  @Test(arguments: pairs) func leavesNothingToDo(wish: Wish, held: Held) {
    eachApplied((wish, held)) { example, _, live, state in
      let next = example.plan(live: live, state: state)
      #expect(next.changes == [], "\(example)")
      #expect(next.refreshed == [], "\(example)")
      #expect(next.drift == [], "\(example)")
      #expect(next.problems == [], "\(example)")
    }
  }

  @Test(arguments: pairs) func bringsAboutWhatIsWanted(wish: Wish, held: Held) {
    eachApplied((wish, held)) { example, _, live, state in
      let now = live[example.address]?.attributes["x"]
      switch example.wish {
      case .two: #expect(now == 2, "\(example)")
      case .three: #expect(now == 3, "\(example)")
      case .absent: #expect(now == nil, "\(example)")
      case .within:
        let number = now?.number ?? 0
        #expect((2...4).contains(number), "\(example)")
        if let was = held.value?.number, (2...4).contains(was) { #expect(number == was) }
      case .withinOwnerToCome: #expect(now == 3, "\(example)")
      case .noResource: #expect(state.resources[example.address] == nil, "\(example)")
      case .noAttribute: #expect(state.resources[example.address]?.found["x"] == nil)
      }
    }
  }

  @Test(arguments: Held.allCases) func givesBackWhatWasFound(held: Held) {
    for wish in [Wish.noResource, .noAttribute] {
      eachApplied((wish, held)) { example, plan, live, _ in
        guard let recorded = example.recorded, held != .noResource else { return }
        let isDeletable = example.type == "free/thing"
        let found = recorded.found.isNull ? nil : recorded.found
        switch (recorded.onRemove, wish) {
        case (.keep, _):
          #expect(live == example.live, "\(example)")
          #expect(plan.changes.allSatisfy { !$0.action.writes }, "\(example)")
        case (.delete, .noResource) where isDeletable: #expect(live.isEmpty, "\(example)")
        case (.restore, .noResource) where isDeletable && recorded.wasCreated:
          #expect(live.isEmpty, "\(example)")
        default: #expect(live[example.address]?.attributes["x"] == found, "\(example)")
        }
      }
    }
  }

  @Test(arguments: pairs) func tellsDriftAndOnlyDrift(wish: Wish, held: Held) {
    each((wish, held)) { example, plan in
      guard let recorded = example.recorded else {
        #expect(plan.drift == [], "\(example)")
        return
      }
      if held == .noResource {
        if wish != .noResource { #expect(plan.drift.map(\.isMissing) == [true], "\(example)") }
        return
      }
      let isGivenBack = recorded.onRemove != .keep
      let isDeleted = plan.changes.first?.action == .delete
      let found = recorded.found.isNull ? nil : recorded.found
      let wantedNow: Value?? =
        switch wish {
        case .two: .some(2)
        case .three: .some(3)
        case .absent: .some(nil)
        case .noResource, .noAttribute: isGivenBack && !isDeleted ? .some(found) : nil
        case .within, .withinOwnerToCome: nil
        }
      var isDrift = held.value != recorded.applied && wantedNow != .some(held.value)
      if wish == .within || wish == .withinOwnerToCome { isDrift = false }
      #expect(plan.drift.isEmpty == !isDrift, "\(example)")
      if let drift = plan.drift.first {
        #expect(drift.fields.map(\.before) == [recorded.applied], "\(example)")
        #expect(drift.fields.map(\.after) == [held.value], "\(example)")
        let isWritten = plan.changes.contains { $0.set["x"] != nil || $0.unset.contains("x") }
        #expect(drift.isReverted == (isWritten || isDeleted), "\(example)")
      }
    }
  }

  @Test(arguments: pairs) func recordsWhatAWSHolds(wish: Wish, held: Held) {
    eachApplied((wish, held)) { example, plan, live, state in
      for (address, record) in state.resources {
        for (name, value) in record.attributes {
          #expect(live[address]?.attributes[name] ?? .null == value, "\(example) \(name)")
        }
        #expect(record.found.keys.contains("y") == false, "\(example)")
        if let prior = example.recorded, record.found["x"] != nil {
          #expect(record.found["x"] == prior.found, "\(example)")
          #expect(record.wasCreated == prior.wasCreated, "\(example)")
        }
      }
    }
  }

  @Test(arguments: pairs) func addsUpMoney(wish: Wish, held: Held) {
    func bill(_ live: [Address: LiveResource]) -> Decimal {
      live.values.flatMap { $0.attributes.values.compactMap(\.number) }.reduce(0, +)
    }
    eachApplied((wish, held)) { example, plan, live, _ in
      #expect(plan.cost.delta == bill(live) - bill(example.live), "\(example)")
      #expect(plan.changes.map(\.cost.delta).reduce(0, +) == plan.cost.delta, "\(example)")
    }
  }

  @Test(arguments: pairs) func tellsEveryDifferenceAsAField(wish: Wish, held: Held) {
    each((wish, held)) { example, plan in
      for change in plan.changes {
        let touched = Set(change.set.keys).union(change.unset)
        let fields = change.action.writes ? touched : []
        #expect(Set(change.fields.map(\.path)) == fields, "\(example)")
        #expect(change.fields.allSatisfy { $0.before != $0.after }, "\(example)")
      }
    }
  }

  @Test(arguments: pairs) func refusesToDeleteWhatIsProtected(wish: Wish, held: Held) {
    each((wish, held)) { example, plan in
      let isRefused = plan.problems.contains { $0.code == .protected }
      let isDelete = plan.count(of: .delete) > 0
      #expect(isRefused == (isDelete && example.recorded?.isProtected == true), "\(example)")
    }
  }

  @Test(arguments: pairs) func refusesToCreateWhatItCannot(wish: Wish, held: Held) {
    each((wish, held)) { example, plan in
      let isMissing = plan.problems.contains { $0.code == .missingResource }
      let cannot =
        held == .noResource && wish != .noResource && example.type == "fixed/thing"
      #expect(isMissing == cannot, "\(example)")
    }
  }
}
