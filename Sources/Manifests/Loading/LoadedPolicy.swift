public import Model
public import YAMLReader

/// The manifests that hold in one environment.
public struct EnvironmentManifests: Hashable, Sendable {
  /// The environment.
  public let environment: ProjectEnvironment
  /// Its manifests, by file and place.
  public let manifests: [Manifest]
  /// The files that its manifests name under `spec.file`, by path from the policy's root.
  public let attachments: [String: Attachment]
}

/// A policy as it was read, with everything that is wrong with it.
///
/// A caller compiles the manifests of all environments, adds what that finds wrong, and tells it all
/// at once: `try policy.throwIfErrors(adding: mine)`.
public struct LoadedPolicy: Sendable {
  /// The most diagnostics that are told one by one.
  public static let mostDiagnostics = 500

  /// The project; nil if `weir.yaml` could not be read.
  public let project: Project?
  /// The environments in the order of `weir.yaml`.
  public let environments: [EnvironmentManifests]
  /// The files that were read, by path.
  public let sources: [String: SourceFile]
  /// What was found wrong so far.
  let diagnostics: Diagnostics

  /// What is wrong, with `others` added: each once, in the order of the files, with the text of
  /// its line.
  public func allDiagnostics(adding others: Diagnostics = Diagnostics()) -> Diagnostics {
    var seen = Set<Diagnostic>()
    let unique = (diagnostics.all + others.all).map { diagnostic in
      diagnostic.range.flatMap { sources[$0.file] }?.completing(diagnostic) ?? diagnostic
    }.filter { seen.insert($0).inserted }
    let sorted = unique.enumerated().sorted { left, right in
      (place(left.element), left.offset) < (place(right.element), right.offset)
    }.map(\.element)
    guard sorted.count > Self.mostDiagnostics else { return Diagnostics(sorted) }
    let more = Diagnostic(
      .error, "too many errors",
      detail: "\(sorted.count - Self.mostDiagnostics) more are not shown.")
    return Diagnostics(sorted.prefix(Self.mostDiagnostics) + [more])
  }

  /// Throws everything that is wrong, with `others` added, if any of it is an error.
  ///
  /// - Throws: all diagnostics, warnings included.
  public func throwIfErrors(adding others: Diagnostics = Diagnostics()) throws(Diagnostics) {
    try allDiagnostics(adding: others).throwIfErrors()
  }

  private func place(_ diagnostic: Diagnostic) -> (String, SourcePosition) {
    (
      diagnostic.range?.file ?? "",
      diagnostic.range?.start ?? SourcePosition(line: 0, column: 0)
    )
  }
}

/// Orders by place first, then by the order in which things were found.
private func < (left: ((String, SourcePosition), Int), right: ((String, SourcePosition), Int))
  -> Bool
{
  left.0 == right.0 ? left.1 < right.1 : left.0 < right.0
}

extension LoadedPolicy {
  /// The environment of a name, or the only one where no name is given.
  ///
  /// - Parameter allowsEmpty: whether it may be without manifests.
  /// - Throws: a diagnostic if there is none of this name, if there are several and no name is
  ///   given, or if no manifest holds in it: an empty set would give up all that is managed.
  public func environment(named name: String?, allowsEmpty: Bool = false) throws(Diagnostics)
    -> EnvironmentManifests
  {
    let names = environments.map(\.environment.name)
    let list = names.joined(separator: ", ")
    guard let wanted = name ?? (names.count == 1 ? names.first : nil) else {
      throw Diagnostics([
        Diagnostic(
          .error, "no environment chosen", detail: "The environments are \(list).",
          hint: "Name one with --env.")
      ])
    }
    guard let found = environments.first(where: { $0.environment.name == wanted }) else {
      throw Diagnostics([
        Diagnostic(
          .error, "unknown environment",
          detail: "`\(wanted)` is none of the environments \(list) of \(projectFile).",
          hint: spellingHint(wanted, among: names))
      ])
    }
    guard allowsEmpty || !found.manifests.isEmpty else {
      throw Diagnostics([
        Diagnostic(
          .error, "no manifests",
          detail: "No manifest holds in \(wanted), which would give up all that is managed there.",
          hint: "Where that is meant, say --allow-empty to `weir plan` or `weir apply`.")
      ])
    }
    return found
  }
}
