public import Model
public import YAMLReader

/// Writes values into the manifests of a policy, each at the place it comes from, so that they hold
/// in one environment and in no other. Nothing reaches the disk here.
public struct PolicyEdit {
  /// The files that have changed, by path, as they are to be.
  public private(set) var files: [String: SourceFile] = [:]

  private let policy: LoadedPolicy
  private let environment: ProjectEnvironment
  /// What has been written where, in the files as they were read.
  private var written: [SourceRange: String] = [:]

  /// An edit for an environment of a policy.
  public init(_ policy: LoadedPolicy, in environment: ProjectEnvironment) {
    self.policy = policy
    self.environment = environment
  }

  /// Writes a value over the scalar that stood at `range` when the policy was read; where other
  /// environments take that scalar too, into the environment's `overrides` instead.
  ///
  /// - Throws: why this cannot be done, as a clause.
  public mutating func write(_ value: Value, as form: WrittenForm, at range: SourceRange)
    throws(EditObstacle)
  {
    guard let original = policy.sources[range.file] else {
      throw EditObstacle("it stands in no file of the policy")
    }
    let place = try place(of: range, in: original)
    guard let text = form.text(of: value, like: place.scalar.text) else {
      throw EditObstacle("the value in AWS cannot be written as this field is")
    }
    if let before = written[range] {
      guard before == text else {
        throw EditObstacle(
          "it is asked for in several places, which differ in AWS: \(before) and \(text)")
      }
      return
    }
    let current = files[range.file] ?? original
    let documents = try parsed(current)
    let edit = try edit(
      current, documents[place.document], place, text: text, isString: form.isString)
    files[range.file] = current.applying(edit)
    written[range] = text
  }

  /// Where a scalar stands among the documents of its file.
  private struct Place {
    let document: Int
    let path: [NodeStep]
    let scalar: Scalar
    /// Whether environments beside this one take it.
    let isShared: Bool
  }

  private func place(of range: SourceRange, in file: SourceFile) throws(EditObstacle) -> Place {
    let documents = try parsed(file)
    let places = documents.enumerated().flatMap { index, document in
      document.paths(toScalarAt: range).map { (document: index, path: $0) }
    }
    guard let (index, path) = places.first,
      let scalar = documents[index].node(at: path)?.scalar
    else { throw EditObstacle("no single value says it") }
    // Aliases and merge keys repeat what stands at an anchor.
    guard places.count == 1 else {
      throw EditObstacle("it stands at an anchor that is used \(places.count) times")
    }
    if file.text(of: range).hasPrefix("*") { throw EditObstacle("it is an alias") }
    if scalar.text.contains("${") { throw reference(scalar.text) }
    switch path.first {
    case .key("spec"):
      return Place(
        document: index, path: path, scalar: scalar, isShared: isShared(documents[index]))
    case .key("overrides"):
      return Place(document: index, path: path, scalar: scalar, isShared: false)
    default: throw EditObstacle("it is not part of `spec` or `overrides`")
    }
  }

  /// Whether a manifest holds in further environments.
  private func isShared(_ document: Node) -> Bool {
    let chosen = document["metadata"]?["environments"]?.elements?.compactMap { $0.scalar?.text }
    let all = policy.environments.map(\.environment.name)
    return all.contains { $0 != environment.name && chosen?.contains($0) != false }
  }

  private func edit(
    _ file: SourceFile, _ document: Node, _ place: Place, text: String, isString: Bool
  ) throws(EditObstacle) -> SourceEdit {
    if !place.isShared {
      guard let range = document.node(at: place.path)?.range else {
        throw EditObstacle("it was changed by the edit of another value")
      }
      return try file.replacingScalar(at: range, with: text, isString: isString)
    }
    var keys: [String] = ["overrides", environment.name]
    for step in place.path.dropFirst() {
      guard case .key(let key) = step else {
        throw EditObstacle(
          "it stands in a list that other environments share, and `overrides` replaces a list as a"
            + " whole")
      }
      keys.append(key)
    }
    var mapping = document
    while let key = keys.first, let inner = mapping[key] {
      keys.removeFirst()
      guard !keys.isEmpty else {
        return try file.replacingScalar(at: inner.range, with: text, isString: isString)
      }
      guard inner.entries != nil else {
        throw EditObstacle("`overrides` already has `\(key)`, which is no mapping")
      }
      mapping = inner
    }
    return try file.addingEntry(
      keys, text, to: mapping, step: step(of: document), isString: isString)
  }

  /// By how many columns this document's nested mappings stand further in.
  private func step(of document: Node) -> Int {
    let columns = ["spec", "metadata", "overrides"].compactMap { name -> Int? in
      guard let entry = document.entries?.first(where: { $0.key.text == name }),
        let first = entry.value.entries?.first,
        first.key.range.start.line > entry.key.range.start.line
      else { return nil }
      return first.key.range.start.column - entry.key.range.start.column
    }
    return columns.first { $0 > 0 } ?? 2
  }

  /// Why a value of the environment is not edited, with its place.
  private func reference(_ text: String) -> EditObstacle {
    for piece in templatePieces(text) {
      guard case .reference(let name, _) = piece else { continue }
      let place =
        environment.values[name].map { " at \($0.range.file):\($0.range.start.line)" } ?? ""
      return EditObstacle("it is the value `${\(name)}` of \(environment.name)\(place)")
    }
    return EditObstacle("it has an escaped reference")
  }

  private func parsed(_ file: SourceFile) throws(EditObstacle) -> [Node] {
    do throws(Diagnostics) {
      return try parseYAML(file)
    } catch {
      throw EditObstacle("the file would no longer be YAML")
    }
  }
}
