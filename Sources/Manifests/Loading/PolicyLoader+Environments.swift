import Model
import YAMLReader

extension PolicyLoader {
  /// Checks the environments that manifests name against those that there are.
  mutating func checkEnvironments(_ documents: [ManifestDocument], _ project: Project) {
    let names = project.declaredNames
    for document in documents {
      let overridden = document.overrides.map(\.environment)
      for named in (document.environments ?? []) + overridden where !names.contains(named.value) {
        diagnostics.add(
          error: "unknown environment", at: named.range,
          detail: "`\(named.value)` is none of the environments \(names.joined(separator: ", "))"
            + " of \(projectFile).",
          hint: spellingHint(named.value, among: names))
      }
      guard let chosen = document.environments?.map(\.value) else { continue }
      for named in overridden where names.contains(named.value) && !chosen.contains(named.value) {
        diagnostics.add(
          warning: "overrides without effect", at: named.range,
          detail: "The manifest does not hold in `\(named.value)`: `metadata.environments` leaves"
            + " it out.")
      }
    }
  }

  /// The manifests that hold in an environment. One whose environments are all misspelt holds nowhere,
  /// and is checked all the same.
  ///
  /// - Parameters:
  ///   - names: the environments that there are.
  ///   - attachments: the files that belong to manifests.
  mutating func resolve(
    _ documents: [ManifestDocument], in environment: ProjectEnvironment, of names: [String],
    attachments: [String: Attachment] = [:]
  ) -> EnvironmentManifests {
    var places: [String: SourceRange] = [:]
    var manifests: [Manifest] = []
    for document in documents {
      guard document.holds(in: environment.name) else {
        let isLost = document.environments?.allSatisfy { !names.contains($0.value) } ?? false
        if isLost { _ = manifest(document, in: environment) }
        continue
      }
      let identity = "\(document.kind.kind)/\(document.name.value)"
      if let first = places[identity] {
        diagnostics.add(
          error: "duplicate name", at: document.name.range,
          detail: "Another \(document.kind.kind) is named `\(document.name.value)`, at"
            + " \(first.file):\(first.start.line).",
          hint: "Rename one, or give them different `metadata.environments`.")
        continue
      }
      places[identity] = document.name.range
      manifests.append(manifest(document, in: environment))
    }
    return EnvironmentManifests(
      environment: environment, manifests: manifests, attachments: attachments)
  }

  private mutating func manifest(
    _ document: ManifestDocument, in environment: ProjectEnvironment
  ) -> Manifest {
    let override = document.overrides.first { $0.environment.value == environment.name }
    let merged = override.map { document.spec.merged(with: $0.spec) } ?? document.spec
    let file = sources[document.range.file] ?? SourceFile(path: document.range.file, bytes: [])
    var substitution = Substitution(
      environment: environment.name, values: environment.allValues, file: file)
    let spec = substitution.apply(to: merged)
    for value in substitution.missing { missing[value, default: []].append(environment.name) }
    diagnostics.add(substitution.diagnostics)
    var check = SchemaCheck(
      zones: zones, origins: substitution.origins, unresolved: substitution.unresolved)
    let fields = check.object(spec, document.kind.spec, path: "spec")
    diagnostics.add(check.diagnostics)
    return Manifest(
      kind: document.kind.kind, name: document.name, labels: document.labels,
      isProtected: document.isProtected, onRemove: document.onRemove,
      onDrift: document.onDrift, range: document.range,
      fields: fields ?? Fields(range: spec.range, schema: document.kind.spec, items: [:]),
      spec: spec)
  }

  /// Reports each reference to an unknown value once, for all environments that lack it.
  mutating func reportMissing(_ project: Project) {
    let known = Set(project.environments.flatMap(\.allValues.keys)).sorted()
    for (value, environments) in missing.sorted(by: { $0.key.name < $1.key.name }) {
      let isKnown = known.contains(value.name)
      let lacking = environments.joined(separator: ", ")
      diagnostics.add(
        error: "unknown value", at: value.range,
        detail: isKnown
          ? "`\(value.name)` has no value in \(lacking)."
          : "`\(value.name)` is none of the values \(known.joined(separator: ", ")).",
        hint: isKnown
          ? "Add it under `values` of \(lacking) in \(projectFile)."
          : spellingHint(value.name, among: known))
    }
  }
}

extension ManifestDocument {
  /// Whether the manifest holds in an environment.
  func holds(in environment: String) -> Bool {
    environments?.contains { $0.value == environment } ?? true
  }
}
