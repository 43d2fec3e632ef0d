internal import Engine
internal import Foundation
internal import Manifests
internal import Model
internal import Policy
internal import Rendering
internal import YAMLReader

/// The way of live values into the manifests: chosen, edited, verified in memory, then written.
struct DriftAcceptance {
  let workspace: Workspace
  /// The policy as it was read.
  let source: PolicySource
  let environment: ProjectEnvironment
  /// What the drift was found from.
  let input: PlanInput
  /// What the selectors of the policy mean in AWS.
  let found: [ResourceSelector: [String: LiveResource]]

  /// Takes over what matches the patterns, all of it or nothing.
  ///
  /// - Throws: `Diagnostics` with what cannot be taken over and why; `ErrorFacts`.
  func accept(_ patterns: [String], of drifts: [Drift]) throws -> AcceptedDrift {
    let before = try CompiledPolicy(source, at: input.time)
    let resources = try asked(by: before)[environment.name] ?? []
    var edit = PolicyEdit(before.loaded, in: environment)
    var diagnostics = Diagnostics()
    var accepted: [(field: AcceptedField, change: FieldChange, range: SourceRange)] = []
    for (drift, fields) in try chosen(patterns, of: drifts) {
      let resource = resources.first { $0.address == drift.address }
      if drift.isMissing {
        diagnostics.add(
          refusal(
            drift.address, "it is not there any more in AWS", at: resource?.range,
            hint: "Remove it from the manifest, or let `weir apply` make it again where it can."))
      }
      for field in fields {
        do throws(EditObstacle) {
          let range = try write(field, of: resource, with: &edit)
          accepted.append((AcceptedField(drift.address, field.path), field, range))
        } catch {
          diagnostics.add(
            refusal(
              drift.address, "\(field.path): \(error.reason)",
              at: field.source ?? resource?.range,
              hint: "Write it by hand, or put AWS back with `weir apply`."))
        }
      }
    }
    try before.loaded.throwIfErrors(adding: diagnostics)
    try verify(edit, Set(accepted.map(\.field)), before: before)
    try write(edit)
    return AcceptedDrift(
      fields: accepted.map { ($0.field.address, $0.change, $0.range) },
      files: edit.files.keys.sorted().compactMap { path in
        guard let old = before.loaded.sources[path], let new = edit.files[path] else { return nil }
        return AcceptedDrift.File(
          path: path, before: String(decoding: old.bytes, as: UTF8.self),
          after: String(decoding: new.bytes, as: UTF8.self))
      })
  }

  /// The drifts that the patterns name, with the fields of each: `ADDRESS`, or `ADDRESS#FIELD`.
  private func chosen(_ patterns: [String], of drifts: [Drift]) throws -> [(Drift, [FieldChange])] {
    var chosen: [Address: Set<FieldChange>] = [:]
    for pattern in patterns {
      var found = drifts.filter { $0.address.matches(pattern) }.map { ($0.address, $0.fields) }
      // Addresses can have a `#` themselves.
      if found.isEmpty, let mark = pattern.lastIndex(of: "#") {
        let (address, name) = (String(pattern[..<mark]), pattern[mark...].dropFirst())
        found = drifts.filter { $0.address.matches(address) }.map { drift in
          (drift.address, drift.fields.filter { $0.path == name || $0.path.hasPrefix("\(name).") })
        }.filter { !$0.1.isEmpty }
      }
      guard !found.isEmpty else {
        let others = drifts.map { "\($0.address)" }.joined(separator: ", ")
        throw ErrorFacts(
          "no such drift", detail: "Nothing that matches \(pattern) has drifted.",
          hint: drifts.isEmpty ? nil : "What has: \(others).")
      }
      for (address, fields) in found { chosen[address, default: []].formUnion(fields) }
    }
    return drifts.compactMap { drift in
      chosen[drift.address].map { fields in (drift, drift.fields.filter(fields.contains)) }
    }
  }

  /// Writes the live value of a field into the edit, and gives the place.
  private func write(
    _ field: FieldChange, of resource: DesiredResource?, with edit: inout PolicyEdit
  ) throws(EditObstacle) -> SourceRange {
    guard field.source != nil else {
      throw EditObstacle("the policy does not ask for it any more")
    }
    guard let resource else { throw EditObstacle("the policy does not ask for it any more") }
    guard let value = field.after else { throw EditObstacle("it is not set in AWS any more") }
    if value.holdsSecret { throw EditObstacle("it may hold a secret, which must not reach Git") }
    guard let form = resource.forms[field.path], let range = resource.sources[field.path] else {
      throw EditObstacle("no single value of the manifest says it")
    }
    try edit.write(value, as: form, at: range)
    return range
  }

  /// Reads the edited policy in memory, and refuses it where it says anything else anew.
  private func verify(_ edit: PolicyEdit, _ fields: Set<AcceptedField>, before: CompiledPolicy)
    throws
  {
    var files = source.files
    for (path, file) in edit.files { files[path] = Data(file.allBytes) }
    let after: CompiledPolicy
    do {
      after = try CompiledPolicy(PolicySource(files: files), at: input.time)
    } catch let diagnostics as Diagnostics {
      var all = Diagnostics([
        Diagnostic(
          .error, "nothing was written",
          detail: "With these values from AWS the policy would not be valid:")
      ])
      all.add(diagnostics)
      throw all
    }
    let effects = sideEffects(
      of: fields, before: try asked(by: before), after: try asked(by: after), in: environment.name,
      live: input.live, schemas: input.schemas)
    guard !effects.isEmpty else { return }
    let wanted = try asked(by: before)[environment.name] ?? []
    let ranges = fields.compactMap { field in
      wanted.first { $0.address == field.address }?.sources[field.path]
    }
    let places = Set(ranges.map { "\($0.file):\($0.start.line)" }).sorted()
      .joined(separator: ", ")
    let more = effects.count > 4 ? ["\(effects.count - 4) more."] : []
    throw ErrorFacts(
      "nothing was written",
      detail: (["The edit would do more than take these values over:"]
        + effects.prefix(4).map { "\($0)." } + more).joined(separator: "\n"),
      hint: "Edit \(places) by hand, and look at `weir plan`."
        + (isSelected(fields, before)
          ? " The manifest asks the same of all that it selects: accept them together where they "
            + "drifted alike, or give one that differs a manifest of its own that names it." : ""))
  }

  /// What each environment asks for: here of all that its selectors mean, elsewhere of the selectors.
  private func asked(by policy: CompiledPolicy) throws -> [String: [DesiredResource]] {
    try Dictionary(
      uniqueKeysWithValues: policy.environments.map { name, compiled in
        guard name == environment.name else {
          return (name, compiled.resources + compiled.selections.map(\.asResource))
        }
        let state = input.state
        return (
          name,
          try compiled.parked(state?.parking ?? [:], at: input.time)
            .resources(
              found: found, records: state?.resources ?? [:], live: input.live, at: input.time
            ).resources
        )
      })
  }

  /// Whether one of the fields is of a resource that a manifest selects and does not name.
  private func isSelected(_ fields: Set<AcceptedField>, _ policy: CompiledPolicy) -> Bool {
    let named = Set(policy.resources[environment.name]?.map(\.address) ?? [])
    return fields.contains { !named.contains($0.address) }
  }

  private func write(_ edit: PolicyEdit) throws {
    for path in edit.files.keys.sorted() {
      let url = URL(fileURLWithPath: "\(workspace.directory)/\(path)")
      guard try Data(contentsOf: url) == source.files[path] else {
        throw ErrorFacts(
          "nothing was written", detail: "\(path) was changed meanwhile.", hint: "Try again.")
      }
    }
    for (path, file) in edit.files.sorted(by: { $0.key < $1.key }) {
      try replaceFile(at: "\(workspace.directory)/\(path)", with: Data(file.allBytes))
    }
  }

  private func refusal(
    _ address: Address, _ reason: String, at range: SourceRange?, hint: String
  ) -> Diagnostic {
    Diagnostic(
      .error, "cannot be accepted", detail: "\(address), \(reason). Nothing was written.",
      hint: hint, range: range)
  }
}

extension Value {
  fileprivate var holdsSecret: Bool {
    switch self {
    case .sensitive: true
    case .list(let elements): elements.contains { $0.holdsSecret }
    case .map(let members): members.values.contains { $0.holdsSecret }
    case .null, .bool, .number, .string, .bytes: false
    }
  }
}
