internal import Model

/// What is asked of a resource while it is parked.
struct ParkedResource {
  var resource: DesiredResource
  /// How it is in AWS, where it takes no other change while it is parked; nil where it takes them.
  let frozen: LiveResource?
}

extension DesiredSelection {
  /// This selection where it is known which manifests ask for what it parks as another type.
  func owned(by resources: [DesiredResource]) -> DesiredSelection {
    guard parking != nil, let other = ParkedForm.of(selector.type)?.other else { return self }
    var selection = self
    selection.owners = Dictionary(
      resources.filter { $0.address.type == other }.map { ($0.address.name, $0.manifest) },
      uniquingKeysWith: { first, _ in first })
    return selection
  }

  /// What the first remark on a change that parks begins with.
  static let parkedNote = "parked by "

  /// The other way in which a resource was parked, where it was: it stays so until it is started.
  func parkedOtherwise(_ name: String, records: [Address: AppliedResource])
    -> (form: ParkedForm, record: AppliedResource)?
  {
    func own(_ type: String) -> AppliedResource? {
      records[Address(type, name)].flatMap { $0.manifest == pattern.manifest ? $0 : nil }
    }
    guard own(selector.type) == nil,
      let other = ParkedForm.of(selector.type)?.other.flatMap(ParkedForm.of),
      let record = own(other.type)
    else { return nil }
    return (other, record)
  }

  /// What parking makes of each resource that is meant, by name.
  func outcomes(
    found: [ResourceSelector: [String: LiveResource]], records: [Address: AppliedResource]
  ) -> [(name: String, outcome: ParkedForm.Outcome)] {
    // Other kinds select the same types.
    guard parking != nil, let form = ParkedForm.of(selector.type) else { return [] }
    let live = found[selector] ?? [:]
    let other = form.other.flatMap(ParkedForm.of)
    let own = records.filter { $0.value.manifest == pattern.manifest }
    var names = Set(live.keys)
    for form in [form, other].compactMap({ $0 }) where form.vanishes {
      names.formUnion(own.keys.filter { $0.type == form.type }.map(\.name))
    }
    return names.subtracting(except).sorted().map { name in
      if let environment = elsewhere[name] {
        return (name, .kept("The environment \(environment) asks for it."))
      }
      if let (other, record) = parkedOtherwise(name, records: records) {
        return (name, other.outcome(ParkedForm.Subject(name, record: record)))
      }
      let subject = ParkedForm.Subject(
        name, live: live[name], record: records[Address(form.type, name)], owner: owners[name])
      return (name, form.outcome(subject))
    }
  }
}

extension [DesiredResource] {
  /// These with what is parked, whose values hold before all others.
  func parking(_ parked: [ParkedResource]) -> [DesiredResource] {
    var byAddress = Dictionary(map { ($0.address, $0) }, uniquingKeysWith: { first, _ in first })
    for parking in parked {
      let address = parking.resource.address
      byAddress[address] = byAddress[address]?.parked(by: parking) ?? parking.resource
    }
    return byAddress.values.sorted { $0.address < $1.address }
  }
}

extension DesiredResource {
  /// This resource, which other manifests ask for, with its parked values. It stays theirs: once it is
  /// started, what they say holds again.
  fileprivate func parked(by parked: ParkedResource) -> DesiredResource {
    let parking = parked.resource
    var resource = self
    resource.attributes.merge(parking.attributes) { $1 }
    var waiting = attributes.keys.filter { parking.attributes[$0] != nil }
    if let live = parked.frozen {
      for (name, wish) in attributes where parking.attributes[name] == nil {
        let now = live.attributes[name].map(DesiredValue.exactly) ?? .absent
        resource.attributes[name] = now
        if wish != now { waiting.append(name) }
      }
    }
    for name in waiting {
      resource.lasting[name] = nil
      for path in sources.keys where path == name || path.hasPrefix("\(name).") {
        resource.sources[path] = nil
        resource.forms[path] = nil
      }
    }
    resource.lasting.merge(parking.lasting) { $1 }
    resource.sources.merge(parking.sources) { $1 }
    // The order is that of parking: what it parks is there.
    resource.dependsOn = parking.dependsOn
    resource.isOptional = isOptional && parking.isOptional
    resource.rivals = rivals.filter { !parking.dependsOn.contains($0.address) }
    resource.notes = parking.notes
    if manifest != parking.manifest, !waiting.isEmpty {
      resource.notes.insert(
        "what \(manifest) says of \(waiting.sorted().joined(separator: ", ")) holds once it is"
          + " started", at: 1)
    }
    return resource
  }
}
