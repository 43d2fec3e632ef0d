import Model
import YAMLReader

/// A reference to a value that an environment lacks.
struct MissingValue: Hashable {
  let name: String
  let range: SourceRange
}

/// Fills an environment's values into the scalars of a node.
struct Substitution {
  /// The most text, in bytes, that the values may add to one manifest.
  static let mostAddedText = 8 << 20

  /// The most errors of a sort that one manifest is told; each must be looked up in the file.
  static let mostErrors = 50

  let environment: String
  /// What `${name}` stands for, built-ins included.
  let values: [String: Node]
  let file: SourceFile
  /// Where each filled-in scalar got its value, for messages.
  private(set) var origins: [SourceRange: String] = [:]
  /// The scalars that could not be filled in.
  private(set) var unresolved: Set<SourceRange> = []
  private(set) var missing: [MissingValue] = []
  private(set) var diagnostics = Diagnostics()
  private var addedText = 0

  init(environment: String, values: [String: Node], file: SourceFile) {
    self.environment = environment
    self.values = values
    self.file = file
  }

  /// The node with all references filled in.
  mutating func apply(to node: Node) -> Node {
    switch node.kind {
    case .sequence(let elements):
      return Node(.sequence(elements.map { apply(to: $0) }), range: node.range)
    case .mapping(let entries):
      return Node(
        .mapping(
          entries.map { entry in
            refuseReference(in: entry.key)
            return Entry(key: entry.key, value: apply(to: entry.value))
          }), range: node.range)
    case .scalar(let scalar):
      guard scalar.content == .string, scalar.text.contains("${") else { return node }
      return fill(scalar, node)
    }
  }

  private mutating func fill(_ scalar: Scalar, _ node: Node) -> Node {
    let pieces = templatePieces(scalar.text)
    var text = ""
    var sources: [String] = []
    for piece in pieces {
      switch piece {
      case .text(let literal): text += literal
      case .malformed(let literal, let occurrence):
        fail("not a reference to a value", literal, occurrence, node)
      case .reference(let name, let occurrence):
        let source = "`${\(name)}` in \(environment)"
        if sources.count < 3, !sources.contains(source) { sources.append(source) }
        guard let value = values[name] else {
          lacks(name, occurrence, node)
          continue
        }
        if ProjectEnvironment.builtIns.contains(name), value.scalar?.text.isEmpty == true {
          // The project has it wrong, where it is told.
          unresolved.insert(node.range)
          continue
        }
        if pieces.count == 1 { return whole(value, sources, node) }
        guard let inner = value.scalar else {
          fail("a list inside a text", "${\(name)}", occurrence, node)
          continue
        }
        guard hasRoom(for: inner.text.utf8.count, node) else { return node }
        text += inner.text
      }
    }
    if !sources.isEmpty { origins[node.range] = sources.joined(separator: " and ") }
    return Node(.scalar(Scalar(text: text)), range: node.range)
  }

  /// A scalar that is nothing but a reference takes the value as it is.
  private mutating func whole(_ value: Node, _ sources: [String], _ node: Node) -> Node {
    let size =
      value.scalar?.text.utf8.count
      ?? value.elements?.reduce(0) { $0 + 1 + ($1.scalar?.text.utf8.count ?? 0) } ?? 0
    guard hasRoom(for: size, node) else { return node }
    origins[node.range] = sources.joined()
    return Node(value.kind, range: node.range)
  }

  private mutating func hasRoom(for size: Int, _ node: Node) -> Bool {
    addedText += size
    if addedText <= Self.mostAddedText { return true }
    unresolved.insert(node.range)
    if addedText - size <= Self.mostAddedText {
      diagnostics.add(
        error: "values expand to too much", at: node.range,
        detail: "The values may add \(Self.mostAddedText) bytes to a manifest.")
    }
    return false
  }

  private mutating func lacks(_ name: String, _ occurrence: Int, _ node: Node) {
    unresolved.insert(node.range)
    guard missing.count < Self.mostErrors else { return }
    let place = file.find("${\(name)}", in: node.range, skipping: occurrence) ?? node.range
    missing.append(MissingValue(name: name, range: place))
  }

  private mutating func fail(
    _ summary: String, _ literal: String, _ occurrence: Int, _ node: Node
  ) {
    unresolved.insert(node.range)
    guard diagnostics.all.count < Self.mostErrors else { return }
    diagnostics.add(
      error: summary,
      at: file.find(literal, in: node.range, skipping: occurrence) ?? node.range,
      detail: "`\(literal.prefix(60))` cannot be filled in; a reference is `${name}`.",
      hint: "Write `$${` where `${` is meant as it is.")
  }

  private mutating func refuseReference(in key: Key) {
    guard key.text.contains("${") else { return }
    diagnostics.add(
      error: "a value in a key", at: key.range,
      detail: "Values of the environment can be filled in only behind the colon.")
  }
}
