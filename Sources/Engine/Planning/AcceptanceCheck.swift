public import Model

/// A leaf of a resource whose live value the policy is to take over.
public struct AcceptedField: Hashable, Sendable {
  /// Which resource.
  public let address: Address
  /// The way to the leaf, as plans show it.
  public let path: String

  /// The leaf at `path` of `address`.
  public init(_ address: Address, _ path: String) {
    self.address = address
    self.path = path
  }
}

/// What an edit of the policy does besides taking over live values, one phrase each; nothing where it
/// does just that. Bounds within which somebody else moves a value may follow in the environment.
///
/// - Parameters:
///   - before: what each environment asks for without the edit.
///   - after: what each asks for with it.
///   - environment: the environment that live values were taken over for.
public func sideEffects(
  of accepted: Set<AcceptedField>, before: [String: [DesiredResource]],
  after: [String: [DesiredResource]], in environment: String,
  live: [Address: LiveResource], schemas: [String: any ResourceSchema]
) -> [String] {
  var effects: [String] = []
  for name in Set(before.keys).union(after.keys).sorted() {
    let own = name == environment
    let place = own ? "" : " in \(name)"
    let (old, new) = (byAddress(before[name] ?? []), byAddress(after[name] ?? []))
    for address in Set(old.keys).union(new.keys).sorted() {
      guard let was = old[address], let now = new[address] else {
        effects.append(
          "\(address)\(place) would \(old[address] == nil ? "be asked for" : "be given up")")
        continue
      }
      if was.marks != now.marks { effects.append("\(address)\(place) would be handled otherwise") }
      let (old, new) = (was.leaves, now.leaves)
      let others = Set(old.keys).union(new.keys).sorted().filter { path in
        if old[path] == new[path] { return false }
        if own, accepted.contains(AcceptedField(address, path)) { return false }
        return !(own && old[path]?.isRange == true && new[path]?.isRange == true)
      }
      if !others.isEmpty {
        effects.append("\(others.joined(separator: ", ")) of \(address)\(place) would change, too")
      }
    }
    guard own else { continue }
    for field in accepted.sorted(by: { ($0.address, $0.path) < ($1.address, $1.path) }) {
      let wish = new[field.address].map {
        leaves(normalized($0.attributes, schema: schemas[field.address.type]))[field.path]
      }
      let value = live[field.address].flatMap { leaves($0.attributes)[field.path] }
      guard let value, wish == .some(.value(value)) else {
        effects.append("\(field.path) of \(field.address) would still not be as in AWS")
        continue
      }
    }
  }
  return effects
}

private func byAddress(_ resources: [DesiredResource]) -> [Address: DesiredResource] {
  Dictionary(resources.map { ($0.address, $0) }, uniquingKeysWith: { $1 })
}

/// A wish for a leaf.
private enum Leaf: Hashable {
  case value(Value)
  case other(DesiredValue)

  var isRange: Bool { if case .other(.within) = self { true } else { false } }
}

extension DesiredResource {
  /// The resource without its values, places and remarks.
  fileprivate var marks: DesiredResource {
    DesiredResource(
      address, attributes: [:], dependsOn: dependsOn, manifest: manifest,
      range: SourceRange(
        file: "", start: SourcePosition(line: 1, column: 1),
        end: SourcePosition(line: 1, column: 1)), onRemove: onRemove, onDrift: onDrift,
      isProtected: isProtected, isSpent: isSpent, rivals: rivals)
  }

  fileprivate var leaves: [String: Leaf] { Engine.leaves(attributes) }
}

private func leaves(_ attributes: [String: DesiredValue]) -> [String: Leaf] {
  var found: [String: Leaf] = [:]
  for (name, wish) in attributes {
    if case .exactly(let value) = wish {
      for (path, leaf) in leaves(value, at: name) { found[path] = .value(leaf) }
    } else {
      found[name] = .other(wish)
    }
  }
  return found
}

private func leaves(_ attributes: [String: Value]) -> [String: Value] {
  attributes.reduce(into: [:]) { found, attribute in
    found.merge(leaves(attribute.value, at: attribute.key)) { $1 }
  }
}

/// The leaves of a value by their paths; maps are entered, lists are not.
private func leaves(_ value: Value, at path: String) -> [String: Value] {
  guard case .map(let members) = value, !members.isEmpty else { return [path: value] }
  return members.reduce(into: [:]) { found, member in
    found.merge(leaves(member.value, at: "\(path).\(member.key)")) { $1 }
  }
}
