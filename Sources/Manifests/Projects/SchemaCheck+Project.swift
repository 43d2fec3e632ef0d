import Model
import YAMLReader

extension SchemaCheck {
  /// Reads the documents of `weir.yaml`; nil if there is no project to go on with.
  mutating func project(_ documents: [Node], in file: SourceFile) -> Project? {
    guard let node = documents.first else {
      diagnostics.add(
        Diagnostic(
          .error, "an empty project", detail: "\(projectFile) holds no document.",
          hint: "It begins with `apiVersion: \(supportedVersion)` and `kind: \(projectKind)`."))
      return nil
    }
    for other in documents.dropFirst() {
      diagnostics.add(
        error: "a second document", at: other.range,
        detail: "\(projectFile) holds the project and nothing else.",
        hint: "Move the manifest to a file of its own.")
    }
    guard let fields = object(node, Self.projectEnvelope, path: "the project") else { return nil }
    checkVersion(fields)
    if let kind = fields.string("kind"), kind.value != projectKind {
      diagnostics.add(
        error: "not a project", at: kind.range,
        detail: "\(projectFile) holds the `\(projectKind)`, not a `\(kind.value)`.")
    }
    guard let spec = fields.object("spec"), spec.has("environments") else { return nil }
    let environments = spec.objectMap("environments").map {
      environment($0.key, $0.value, file)
    }
    if environments.isEmpty, spec["environments"]?.value.map?.isEmpty == true {
      diagnostics.add(
        error: "no environments", at: spec.range(of: "environments"),
        detail: "A project needs at least one: a name with its account and region.")
    }
    guard !environments.isEmpty else { return nil }
    let name = fields.object("metadata")?.string("name")
    return Project(
      name: name ?? Located("", range: node.range), environments: environments,
      manifests: spec.has("manifests") ? spec.strings("manifests") : nil,
      remote: spec.object("state")?.string("remote"),
      kmsKey: spec.object("state")?.string("kmsKey"),
      backup: BackupSettings(spec.object("state")?.object("backup")),
      notices: NoticeSettings(spec.object("notifications")),
      guardrails: guardrails(spec.object("guardrails")), planLifetime: planLifetime(spec),
      declaredNames: node["spec"]?["environments"]?.entries?.map(\.key.text) ?? [])
  }

  private func guardrails(_ fields: Fields?) -> Guardrails {
    Guardrails(
      maxChanges: fields?.integer("maxChanges")?.value,
      maxDeletes: fields?.integer("maxDeletes")?.value,
      maxIncrease: fields?.money("maxIncrease")?.value.amount,
      maxPercentOfFleet: fields?.percent("maxPercentOfFleet")?.value,
      allowsDeletes: fields?.bool("allowDelete")?.value ?? false,
      allowsIrreversible: fields?.bool("allowIrreversible")?.value ?? false)
  }

  /// For how many seconds a saved plan may be applied.
  private mutating func planLifetime(_ spec: Fields) -> Int {
    guard let expires = spec.object("plan")?.duration("expires") else {
      return Project.defaultPlanLifetime
    }
    if expires.value == 0 {
      diagnostics.add(
        error: "a plan that has expired at once", at: expires.range,
        detail: "`plan.expires` is for how long a saved plan may be applied.")
    }
    return expires.value
  }

  private static let projectEnvelope = ObjectSchema([
    Field("apiVersion", .string(), isRequired: true, doc: "The version: `\(supportedVersion)`."),
    Field("kind", .string(), isRequired: true, doc: "`\(projectKind)`."),
    Field(
      "metadata",
      .object(
        ObjectSchema([
          Field("name", .string(ManifestDocument.name), isRequired: true, doc: "The name."),
          Field("labels", .map(.string()), doc: "Words to find it by."),
        ])), isRequired: true, doc: "The project's name."),
    Field("spec", .object(Project.schema.spec), isRequired: true, doc: "What the project is."),
  ])

  /// An environment; the name becomes part of a Git branch.
  private mutating func environment(
    _ name: Located<String>, _ fields: Fields, _ file: SourceFile
  ) -> ProjectEnvironment {
    let rule = StringRule(
      "a name of small letters, digits and `-`", example: "prod",
      pattern: "[a-z0-9][a-z0-9-]{0,62}")
    if !rule.allows(name.value) {
      diagnostics.add(
        error: "expected \(rule.meaning) such as \(rule.example)", at: name.range,
        detail: "`\(shortened(name.value))` cannot name an environment.")
    }
    // What is missing has been reported; to go on without it finds what else is wrong.
    let account = fields.string("account")?.value ?? ""
    let region = fields.string("region")?.value ?? ""
    var substitution = Substitution(
      environment: name.value,
      values: ProjectEnvironment.builtIns(
        name: name.value, account: account, region: region, at: name.range),
      file: file)
    var values: [String: Node] = [:]
    for entry in fields.map("values") {
      guard let node = entry.value.node, checkValue(entry.key, node) else { continue }
      values[entry.key.value] = substitution.apply(to: node)
    }
    diagnostics.add(substitution.diagnostics)
    for missing in substitution.missing {
      diagnostics.add(
        error: "unknown value", at: missing.range,
        detail: "A value may refer only to \(ProjectEnvironment.builtIns.joined(separator: ", ")).")
    }
    return ProjectEnvironment(
      name: name.value, account: account, region: region,
      role: fields.string("role")?.value, values: values,
      isProtected: fields.bool("protect")?.value ?? false, range: name.range)
  }

  /// Whether a value may be one: a scalar, or a list of scalars.
  private mutating func checkValue(_ name: Located<String>, _ node: Node) -> Bool {
    if !isValueName(name.value) || ProjectEnvironment.builtIns.contains(name.value) {
      diagnostics.add(
        error: "a name that no value can have", at: name.range,
        detail: "`\(shortened(name.value))` is "
          + (isValueName(name.value)
            ? "what every environment has of its own."
            : "not a letter followed by letters, digits, `_`, `-` and `.`."))
      return false
    }
    let scalars = node.elements ?? [node]
    guard scalars.allSatisfy({ $0.scalar != nil && !$0.isNull }) else {
      mismatch(
        node, "a text, a number, true or false, or a list of them", path: "values.\(name.value)")
      return false
    }
    return true
  }
}
