public import Foundation
internal import Manifests
public import Model

/// What a manifest asks of every resource that its selector means.
public struct DesiredSelection: Hashable, Sendable {
  /// Which resources.
  public let selector: ResourceSelector
  /// What is asked of one: its address here is that of the type and has no name.
  let pattern: DesiredResource
  /// Names that are not meant.
  let except: Set<String>
  /// Which of them are to be deleted; nil where they are to be as `pattern` says.
  let pruning: Pruning?
  /// What manifests say of a parking group; nil where it is of another kind.
  var parking: ParkingRule?
  /// Names that are left to other environments of the account, with the environment.
  var elsewhere: [String: String] = [:]
  /// The manifests that ask for resources which parking knows as another type, by name.
  var owners: [String: ManifestReference] = [:]

  /// The wishes of `pattern` for every resource that `selector` means, but for those in `except`.
  init(
    _ selector: ResourceSelector, except: Set<String> = [], pruning: Pruning? = nil,
    pattern: DesiredResource, parking: ParkingRule? = nil
  ) {
    self.selector = selector
    self.except = except
    self.pruning = pruning
    self.pattern = pattern
    self.parking = parking
  }

  /// What is asked, as of one resource that stands for all: its name says which are meant.
  public var asResource: DesiredResource {
    let criteria = selector.criteria.sorted { $0.key < $1.key }
      .map { "\($0.key) \($0.value.string ?? "\($0.value)")" }.joined(separator: ", ")
    return resource("with \(criteria)")
  }

  /// What is asked of the resource `name`.
  func resource(_ name: String) -> DesiredResource {
    var resource = pattern
    resource.address = Address(selector.type, name)
    return resource
  }
}

extension Manifest {
  /// What it asks of every resource that meets the criteria, but for those that it names in `except`.
  func selection(
    _ type: String, _ criteria: [String: Value], _ wishes: Wishes, in context: CompilationContext
  ) -> DesiredSelection {
    DesiredSelection(
      ResourceSelector(type: type, criteria: criteria),
      except: Set(fields.strings("except").map(\.value)),
      pattern: resource(Address(type, ""), wishes, in: context))
  }
}

extension CompiledEnvironment {
  /// What is to be there: nothing of what is to be deleted, which is in no state and so never drifts.
  public var withoutDeletions: CompiledEnvironment {
    CompiledEnvironment(
      resources: resources, selections: selections.filter { $0.pruning == nil },
      diagnostics: diagnostics)
  }

  /// All that is asked for once it is known which resources the selectors mean: what a manifest says
  /// of a resource that it names holds before what another says of all, and what is deleted needs
  /// nothing else.
  ///
  /// What is parked has its parked values, whatever else is said of it.
  ///
  /// - Parameters:
  ///   - found: the resources that each selector means.
  ///   - records: the resources of the state.
  ///   - live: other resources as they are, which go with those that are parked.
  ///   - time: the time at which their age is judged.
  /// - Throws: `Diagnostics` where two manifests select a resource and want the same attribute.
  public func resources(
    found: [ResourceSelector: [String: LiveResource]],
    records: [Address: AppliedResource] = [:], live: [Address: LiveResource] = [:], at time: Date
  ) throws -> SelectedResources {
    guard !selections.isEmpty else { return SelectedResources(resources: resources) }
    let named = Dictionary(
      resources.map { ($0.address, $0) }, uniquingKeysWith: { first, _ in first })
    let (unwanted, remarks) = unwantedResources(
      in: selections, found: found, at: time, sparing: Set(named.keys))
    let superseded = Set(unwanted.compactMap(\.supersedes))
    var claims = Claims()
    var diagnostics = Diagnostics()
    for resource in resources + unwanted { claims.add(resource, into: &diagnostics) }
    for selection in selections where selection.pruning == nil && selection.parking == nil {
      let names = Set((found[selection.selector] ?? [:]).keys)
      for name in names.subtracting(selection.except).sorted() {
        var resource = selection.resource(name)
        if superseded.contains(resource.address) { continue }
        let taken = named[resource.address]?.attributes ?? [:]
        resource.attributes = resource.attributes.filter { taken[$0.key] == nil }
        resource.sources = resource.sources.filter { taken[$0.key] == nil }
        resource.forms = resource.forms.filter { taken[$0.key] == nil }
        if !resource.attributes.isEmpty { claims.add(resource, into: &diagnostics) }
      }
    }
    if diagnostics.hasErrors { throw diagnostics }
    var selected = parking(claims.resources, found: found, records: records, live: live)
    selected.remarks = remarks + selected.remarks
    return selected
  }

  /// What to say of selectors that mean nothing in AWS: a prefix may be misspelt.
  ///
  /// - Parameter found: what all selectors mean together.
  public func emptySelections(found: [ResourceSelector: [String: LiveResource]]) -> [String] {
    // Where there is nothing to delete all is well.
    selections.filter {
      $0.pruning == nil && $0.parking == nil && found[$0.selector]?.isEmpty ?? true
    }.map {
      selection in
      let selector = selection.selector
      var criteria = selector.criteria.sorted { $0.key < $1.key }
        .compactMap { key, value in value.string.map { "\(key) \($0)" } }
      for (key, values) in (TagFilter(selector)?.values ?? [:]).sorted(by: { $0.key < $1.key }) {
        criteria.append(
          "tag \(key)" + (values.isEmpty ? "" : " = \(values.joined(separator: "|"))"))
      }
      return "\(selection.pattern.manifest): no \(selector.type) has "
        + "\(criteria.joined(separator: ", "))."
    }
  }
}
