internal import Foundation
internal import Model

/// Which of the resources that a manifest selects are to be deleted.
struct Pruning: Hashable, Sendable {
  /// The least age in seconds; nil where they have none.
  var age: Int?
  /// How many of each series are kept, the newest.
  var keepLast: Int?
  /// How many are deleted at most by one apply.
  var maxDeletes: Int?
  /// The type that knows the same things by the same names and may hold wishes for them.
  var supersededType: String?

  /// Those of `found` that are to be deleted, the oldest first. What has no `created` has no age, and
  /// what belongs to no series is kept where the newest of each are.
  func unwanted(of found: [String: LiveResource], at time: Date) -> [String] {
    let all = found.map { Candidate(name: $0.key, $0.value) }.sorted()
    let kept = keepLast.map { count in
      Set(
        Dictionary(grouping: all, by: \.series).flatMap { series, members in
          series == nil ? members : members.suffix(count)
        }.map(\.name))
    }
    let cutoff = age.map { time.addingTimeInterval(-Double($0)) }
    return all.filter { candidate in
      if kept?.contains(candidate.name) == true { return false }
      guard let cutoff else { return true }
      return candidate.created.map { $0 <= cutoff } ?? false
    }.map(\.name)
  }
}

/// What counts of a resource that may be deleted.
private struct Candidate: Comparable {
  let name: String
  let created: Date?
  let series: String?

  init(name: String, _ live: LiveResource) {
    self.name = name
    created = live.attributes["created"]?.string.flatMap { try? Date($0, strategy: .iso8601) }
    series = live.context["series"]?.string
  }

  static func < (left: Self, right: Self) -> Bool {
    let (old, new) = (left.created ?? .distantPast, right.created ?? .distantPast)
    return old == new ? left.name < right.name : old < new
  }
}

/// What the manifests that delete what they find make of it, and a remark on each that leaves some for
/// another time.
///
/// - Parameter named: what other manifests name, which is not deleted.
func unwantedResources(
  in selections: [DesiredSelection], found: [ResourceSelector: [String: LiveResource]],
  at time: Date, sparing named: Set<Address>
) -> (resources: [DesiredResource], remarks: [String]) {
  var resources: [DesiredResource] = []
  var remarks: [String] = []
  // The limits of a manifest hold for all its selectors together.
  let manifests = Dictionary(grouping: selections.filter { $0.pruning != nil }) {
    $0.pattern.manifest
  }
  for (manifest, selections) in manifests.sorted(by: { $0.key < $1.key }) {
    guard let first = selections.first, let pruning = first.pruning else { continue }
    func resource(_ name: String) -> DesiredResource {
      var resource = first.resource(name)
      resource.supersedes = pruning.supersededType.map { Address($0, name) }
      return resource
    }
    let all = selections.reduce(into: [String: LiveResource]()) { all, selection in
      all.merge(found[selection.selector] ?? [:]) { $1 }
    }
    let unwanted = pruning.unwanted(of: all, at: time).filter { !first.except.contains($0) }
      .map(resource)
      .filter { !named.contains($0.address) && !($0.supersedes.map(named.contains) ?? false) }
    let taken = unwanted.prefix(pruning.maxDeletes ?? .max)
    resources += taken
    if taken.count < unwanted.count {
      remarks.append(
        "\(manifest): \(unwanted.count - taken.count) more are to be deleted; maxDeletes lets "
          + "\(taken.count) go at a time, the oldest first.")
    }
  }
  return (resources, remarks)
}
