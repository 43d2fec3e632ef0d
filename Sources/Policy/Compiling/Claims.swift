internal import Manifests
internal import Model

/// The resources that manifests have asked for so far. Several may share a resource, as long as
/// each attribute has one owner.
struct Claims {
  private var byAddress: [Address: [DesiredResource]] = [:]

  /// The resources, each once, sorted by address.
  var resources: [DesiredResource] {
    byAddress.values.compactMap { sharers in
      sharers.dropFirst().reduce(sharers.first) { merged, other in merged?.merged(with: other) }
    }.sorted { $0.address < $1.address }
  }

  /// Adds a resource, and reports what another manifest wants of it too.
  mutating func add(_ resource: DesiredResource, into diagnostics: inout Diagnostics) {
    for other in byAddress[resource.address] ?? [] {
      // Two selectors of one manifest may mean the same resource.
      if other.manifest == resource.manifest, other.attributes == resource.attributes { return }
      if reportClash(resource, other, into: &diagnostics) { break }
    }
    byAddress[resource.address, default: []].append(resource)
  }

  /// Whether two manifests cannot have a resource together, which is then reported.
  private func reportClash(
    _ resource: DesiredResource, _ other: DesiredResource, into diagnostics: inout Diagnostics
  ) -> Bool {
    let shared = resource.attributes.keys.filter { other.attributes[$0] != nil }.sorted()
    if let first = shared.first {
      guard resource.manifest != other.manifest else {
        diagnostics.add(
          error: "a manifest sets the same thing twice",
          at: resource.sources[first] ?? resource.range,
          detail: "It sets \(enumeration(shared)) of \(resource.address) at"
            + " \(place(of: other.sources[first] ?? other.range)), too.",
          hint: "Leave out one of them.")
        return true
      }
      diagnostics.add(
        error: "two manifests set the same thing", at: resource.sources[first] ?? resource.range,
        detail: "\(other.manifest), at \(place(of: other.sources[first] ?? other.range)), also sets"
          + " \(enumeration(shared)) of \(resource.address).",
        hint: "Leave it to one of them.")
      return true
    } else if resource.onRemove != other.onRemove {
      diagnostics.add(
        error: "two manifests disagree on removal", at: resource.range,
        detail: "\(resource.address) is shared with \(other.manifest), at"
          + " \(place(of: other.range)), which says `onRemove: \(other.onRemove.rawValue)`.",
        hint: "Give both the same `metadata.onRemove`.")
      return true
    } else if resource.onDrift != other.onDrift {
      diagnostics.add(
        error: "two manifests disagree on drift", at: resource.range,
        detail: "\(resource.address) is shared with \(other.manifest), at"
          + " \(place(of: other.range)), which says `onDrift: \(other.onDrift.rawValue)`.",
        hint: "Give both the same `metadata.onDrift`.")
      return true
    }
    return false
  }
}

extension DesiredResource {
  /// This resource with the attributes that another manifest adds to it.
  fileprivate func merged(with other: DesiredResource) -> DesiredResource {
    var merged = self
    merged.attributes.merge(other.attributes) { own, _ in own }
    merged.lasting.merge(other.lasting) { own, _ in own }
    merged.sources.merge(other.sources) { own, _ in own }
    merged.forms.merge(other.forms) { own, _ in own }
    merged.dependsOn += other.dependsOn.filter { !dependsOn.contains($0) }
    merged.isProtected = isProtected || other.isProtected
    merged.rivals += other.rivals
    merged.needs += other.needs.filter { !needs.contains($0) }
    merged.notes += other.notes
    return merged
  }
}
