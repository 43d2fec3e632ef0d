import Foundation
import Model
import TestSupport

/// A change that creates `name` after others.
func creation(of name: String, after: [String] = []) -> Change {
  Change(
    address: thing(name), action: .create, reason: .manifest(testManifest), before: nil,
    set: ["x": 1], unset: [], recorded: [:], fields: [],
    cost: CostChange(before: .zero, after: .zero), after: after.map { thing($0) }, outcome: nil,
    notes: [])
}

/// What depends on what, in shapes that plans have.
enum Shape: CaseIterable {
  case single, chain, diamond, fan, funnel, apart

  /// The names that each name waits for.
  var after: [String: [String]] {
    switch self {
    case .single: ["a": []]
    case .chain: ["a": [], "b": ["a"], "c": ["b"], "d": ["c"]]
    case .diamond: ["a": [], "b": ["a"], "c": ["a"], "d": ["b", "c"]]
    case .fan: ["a": [], "b": ["a"], "c": ["a"], "d": ["a"], "e": ["a"]]
    case .funnel: ["a": [], "b": [], "c": [], "d": ["a", "b", "c"], "e": ["d"]]
    case .apart: ["a": [], "b": [], "c": [], "d": []]
    }
  }

  var names: [String] { after.keys.sorted() }

  var changes: [Change] { names.map { creation(of: $0, after: after[$0] ?? []) } }

  /// The policy that creates things in this shape.
  var desired: [DesiredResource] {
    names.map {
      wanted(thing($0), ["x": 1, "y": 2], dependsOn: (after[$0] ?? []).map { thing($0) })
    }
  }

  /// Those that wait for `name`, directly or not.
  func dependents(of name: String) -> Set<String> {
    var found: Set<String> = []
    var open = [name]
    while let next = open.popLast() {
      for (candidate, waits) in after where waits.contains(next) && !found.contains(candidate) {
        found.insert(candidate)
        open.append(candidate)
      }
    }
    return found
  }

  /// Every shape with every place in it.
  static let positions = allCases.flatMap { shape in shape.names.map { (shape, $0) } }
}
