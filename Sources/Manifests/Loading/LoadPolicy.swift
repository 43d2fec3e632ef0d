import Model
import YAMLReader

/// Reads a policy: the project, and for each environment its manifests with overrides merged, values
/// filled in and fields typed.
///
/// It reads on past errors; they are in the result, so that a caller can add what the kinds find
/// before anything is told. Nothing is read but `source`.
///
/// - Parameter allowsEmpty: whether there may be no manifest at all.
public func loadPolicy(
  _ source: PolicySource, kinds: [KindSchema], zones: TimeZoneNames = .system,
  allowsEmpty: Bool = false
) -> LoadedPolicy {
  var loader = PolicyLoader(source, kinds: kinds, zones: zones)
  loader.allowsEmpty = allowsEmpty
  return loader.load()
}

/// The state of one reading.
struct PolicyLoader {
  let source: PolicySource
  let kinds: [String: KindSchema]
  let zones: TimeZoneNames
  var allowsEmpty = false
  var sources: [String: SourceFile] = [:]
  var diagnostics = Diagnostics()
  /// The environments that lack a value, by the place that refers to it.
  var missing: [MissingValue: [String]] = [:]

  init(_ source: PolicySource, kinds: [KindSchema], zones: TimeZoneNames) {
    self.source = source
    self.kinds = Dictionary(kinds.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
    self.zones = zones
  }

  mutating func load() -> LoadedPolicy {
    let project = readProject()
    let paths = manifestPaths(project)
    let files = paths.compactMap { path in readFile(path).map { (path: path, nodes: $0) } }
    let attachments = attachments(of: files)
    let documents = files.filter { attachments[$0.path] == nil }.flatMap { manifests($0.nodes) }
    let isEmpty = paths.isEmpty || (documents.isEmpty && !diagnostics.hasErrors)
    if isEmpty, !allowsEmpty { refuseEmptySet() }
    if let project { checkEnvironments(documents, project) }
    let environments = (project?.environments ?? []).map {
      resolve(documents, in: $0, of: project?.declaredNames ?? [], attachments: attachments)
    }
    if let project { reportMissing(project) }
    return LoadedPolicy(
      project: project, environments: environments, sources: sources, diagnostics: diagnostics)
  }

  private mutating func readProject() -> Project? {
    guard source.files[projectFile] != nil else {
      diagnostics.add(
        Diagnostic(
          .error, "no \(projectFile)", detail: "The policy's root holds no \(projectFile).",
          hint: "Run weir in the folder that holds it, or name that folder with --dir."))
      return nil
    }
    guard let documents = readFile(projectFile), let file = sources[projectFile] else { return nil }
    var check = SchemaCheck(zones: zones)
    let project = check.project(documents, in: file)
    diagnostics.add(check.diagnostics)
    return project
  }

  private mutating func manifests(_ nodes: [Node]) -> [ManifestDocument] {
    var check = SchemaCheck(zones: zones)
    let documents = nodes.compactMap { check.manifest($0, kinds: kinds) }
    diagnostics.add(check.diagnostics)
    return documents
  }

  /// The documents of a file that are not empty; nil if it is not there or neither YAML nor JSON.
  mutating func readFile(_ path: String) -> [Node]? {
    guard let data = source.files[path] else { return nil }
    let file = SourceFile(path: path, bytes: path.hasSuffix(".json") ? yaml(ofJSON: data) : data)
    sources[path] = file
    do throws(Diagnostics) {
      return try parseYAML(file).filter { !$0.isNull }
    } catch {
      diagnostics.add(error)
      return nil
    }
  }

  /// The files that the project names as manifests, in order.
  private mutating func manifestPaths(_ project: Project?) -> [String] {
    let candidates = source.files.keys.filter { PolicySource.reads($0) && $0 != projectFile }
      .sorted()
    guard let patterns = project?.manifests else { return candidates }
    var chosen = Set<String>()
    for pattern in patterns {
      let matching = candidates.filter(PathPattern(pattern.value).matches)
      chosen.formUnion(matching)
      if matching.isEmpty {
        diagnostics.add(
          error: "no such manifests", at: pattern.range,
          detail: "`\(pattern.value)` names no YAML file below the policy's root.")
      }
    }
    return chosen.sorted()
  }

  private mutating func refuseEmptySet() {
    diagnostics.add(
      Diagnostic(
        .error, "no manifests",
        detail: "An empty policy would give up all that is managed, so it is refused.",
        hint:
          "Add a manifest below the folder of \(projectFile), or, to give up all that is managed, "
          + "say --allow-empty to `weir plan` or `weir apply`."))
  }
}
