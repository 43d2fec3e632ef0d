import Model
import YAMLReader

/// A manifest as it is written, for all environments.
struct ManifestDocument {
  let kind: KindSchema
  let name: Located<String>
  /// The environments that it names; nil for all.
  let environments: [Located<String>]?
  let labels: [String: String]
  let isProtected: Bool
  let onRemove: Manifest.RemovalRule?
  let onDrift: Manifest.DriftRule?
  let spec: Node
  let overrides: [(environment: Located<String>, spec: Node)]
  let range: SourceRange
}

/// The version that every document names.
let supportedVersion = "weir/v1"

extension ManifestDocument {
  /// What stands around `spec`.
  static let envelope = ObjectSchema([
    Field("apiVersion", .string(), isRequired: true, doc: "The version: `\(supportedVersion)`."),
    Field("kind", .string(), isRequired: true, doc: "What the manifest is about."),
    Field("metadata", .object(metadata), isRequired: true, doc: "The name and what goes with it."),
    Field("spec", .any, isRequired: true, doc: "What the manifest wants."),
    Field("overrides", .map(.any), doc: "What differs from `spec`, by environment."),
  ])

  private static let metadata = ObjectSchema([
    Field("name", .string(name), isRequired: true, doc: "The name, unique among its kind."),
    Field(
      "environments", .list(.string(), nonEmpty: true), doc: "Where it holds; else everywhere."),
    Field("labels", .map(.string()), doc: "Words to find it by."),
    Field("protect", .boolean, doc: "Whether its resources must not be deleted."),
    Field(
      "onRemove", .enumeration(Manifest.RemovalRule.allCases.map(\.rawValue)),
      doc: "What happens to its resources when the manifest goes."),
    Field(
      "onDrift", .enumeration(Manifest.DriftRule.allCases.map(\.rawValue)),
      doc: "What a plan does where others changed its resources."),
  ])

  static let name = StringRule(
    "a name of letters, digits, `.`, `_` and `-`", example: "web-tasks",
    pattern: "[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
}

extension SchemaCheck {
  /// Reads a document of a manifest file; nil if too much is missing to go on.
  mutating func manifest(_ node: Node, kinds: [String: KindSchema]) -> ManifestDocument? {
    guard looksLikeManifest(node) else { return nil }
    guard let fields = object(node, ManifestDocument.envelope, path: "the manifest") else {
      return nil
    }
    checkVersion(fields)
    let kind = kind(fields, kinds: kinds)
    let overrides = fields.map("overrides").compactMap { entry in
      entry.value.node.map { (environment: entry.key, spec: $0) }
    }
    for override in overrides where override.spec.entries == nil {
      mismatch(override.spec, "a mapping", path: "overrides.\(override.environment.value)")
    }
    let metadata = fields.object("metadata")
    guard let kind, let metadata, let name = metadata.string("name"), let spec = fields.node("spec")
    else { return nil }
    let environments = metadata.has("environments") ? metadata.strings("environments") : nil
    return ManifestDocument(
      kind: kind, name: name, environments: environments,
      labels: Dictionary(
        metadata.stringMap("labels").map { ($0.key.value, $0.value.value) },
        uniquingKeysWith: { first, _ in first }),
      isProtected: metadata.bool("protect")?.value ?? false,
      onRemove: metadata.string("onRemove").flatMap { Manifest.RemovalRule(rawValue: $0.value) },
      onDrift: metadata.string("onDrift").flatMap { Manifest.DriftRule(rawValue: $0.value) },
      spec: spec, overrides: overrides.filter { $0.spec.entries != nil }, range: node.range)
  }

  /// Refuses another version than the one that there is.
  mutating func checkVersion(_ fields: Fields) {
    guard let version = fields.string("apiVersion"), version.value != supportedVersion else {
      return
    }
    diagnostics.add(
      error: "unknown apiVersion", at: version.range,
      detail: "This is `\(version.value)`; the only version so far is `\(supportedVersion)`.")
  }

  /// Says once that a document has nothing of a manifest, rather than each thing that it lacks.
  private mutating func looksLikeManifest(_ node: Node) -> Bool {
    if node["apiVersion"] != nil || node["kind"] != nil || node["metadata"] != nil { return true }
    diagnostics.add(
      error: "not a manifest", at: node.entries?.first?.key.range ?? node.range,
      detail: "A manifest begins with `apiVersion: \(supportedVersion)` and its `kind`.",
      hint: "List the folders with manifests under `manifests` in \(projectFile).")
    return false
  }

  private mutating func kind(_ fields: Fields, kinds: [String: KindSchema]) -> KindSchema? {
    guard let kind = fields.string("kind") else { return nil }
    if let schema = kinds[kind.value] { return schema }
    if kind.value == projectKind {
      diagnostics.add(
        error: "a second project", at: kind.range,
        detail: "A policy has one Project, in \(projectFile) at its root.")
      return nil
    }
    let names = kinds.keys.sorted()
    diagnostics.add(
      error: "unknown kind", at: kind.range,
      detail: "`\(kind.value)` is none of the kinds \(names.joined(separator: ", ")).",
      hint: spellingHint(kind.value, among: names))
    return nil
  }
}
