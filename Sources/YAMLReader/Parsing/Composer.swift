import Model

/// Builds located nodes from the steps through a file, expanding aliases within bounds.
///
/// What is wrong with a single node is collected; what makes the rest unreadable is thrown.
struct Composer: ~Copyable {
  /// A node and what it costs: how many nodes it stands for, and how deep it goes.
  struct Composed {
    var node: Node
    var count = 1
    var height = 0
  }

  /// What a name after `&` stands for.
  private enum Anchor {
    /// The node is still being read, so that an alias to it would be endless.
    case open
    case closed(Composed)
  }

  let file: SourceFile
  let limits: ReadingLimits
  private let events: EventStream
  private var anchors: [String: Anchor] = [:]
  private var nodes = 0
  private var aliasedNodes = 0
  private(set) var diagnostics = Diagnostics()

  init(_ file: SourceFile, limits: ReadingLimits) {
    self.file = file
    self.limits = limits
    events = EventStream(file)
  }

  /// The documents of the file.
  mutating func documents() throws(Diagnostic) -> [Node] {
    var documents: [Node] = []
    while true {
      let step = try events.next()
      switch step.event {
      case .streamStart, .documentEnd: continue
      case .streamEnd: return documents
      case .documentStart: anchors = [:]
      default: documents.append(try node(step, depth: 1).node)
      }
    }
  }

  /// The node that begins with `step`, the `depth`th from the top.
  private mutating func node(_ step: LocatedEvent, depth: Int) throws(Diagnostic) -> Composed {
    try checkDiagnostics()
    nodes += 1
    let range = SourceRange(file: file.path, start: step.start, end: step.end)
    guard nodes <= limits.nodes else { throw tooManyNodes(range) }
    switch step.event {
    case .alias(let name):
      return try expand(name, at: range, depth: depth)
    case .scalar(let properties, let text, let isPlain):
      guard text.utf8.count <= limits.scalarBytes else { throw tooLong(range) }
      let scalar = resolve(text, tag: properties.tag, isPlain: isPlain, at: range)
      let composed = Composed(node: Node(.scalar(scalar), range: trimmed(range)))
      close(properties.anchor, composed)
      return composed
    case .sequenceStart(let properties, let isFlow):
      try checkDepth(depth, range)
      requireTag(properties.tag, "tag:yaml.org,2002:seq", at: range)
      open(properties.anchor)
      let composed = try sequence(from: step, isFlow: isFlow, depth: depth)
      close(properties.anchor, composed)
      return composed
    case .mappingStart(let properties, let isFlow):
      try checkDepth(depth, range)
      requireTag(properties.tag, "tag:yaml.org,2002:map", at: range)
      open(properties.anchor)
      let composed = try mapping(from: step, isFlow: isFlow, depth: depth)
      close(properties.anchor, composed)
      return composed
    default:
      preconditionFailure("libyaml ended a collection that it had not begun")
    }
  }

  private mutating func sequence(
    from start: LocatedEvent, isFlow: Bool, depth: Int
  ) throws(Diagnostic) -> Composed {
    var elements: [Node] = []
    var total = Composed(node: Node(.sequence([]), range: emptyRange(start)))
    while true {
      let step = try events.next()
      if case .sequenceEnd = step.event {
        total.node.range = extent(start, step, isFlow: isFlow, last: elements.last?.range)
        total.node.kind = .sequence(elements)
        return total
      }
      let element = try node(step, depth: depth + 1)
      total.count += element.count
      total.height = max(total.height, element.height + 1)
      elements.append(element.node)
    }
  }

  private mutating func mapping(
    from start: LocatedEvent, isFlow: Bool, depth: Int
  ) throws(Diagnostic) -> Composed {
    var entries: [Entry] = []
    var merged: [Node] = []
    var lines: [String: Int] = [:]
    var last: SourceRange?
    var total = Composed(node: Node(.mapping([]), range: emptyRange(start)))
    while true {
      let step = try events.next()
      if case .mappingEnd = step.event {
        total.node.range = extent(start, step, isFlow: isFlow, last: last)
        total.node.kind = .mapping(entries + inherited(from: merged, beside: lines))
        return total
      }
      let keyNode = try node(step, depth: depth + 1)
      let value = try node(events.next(), depth: depth + 1)
      total.count += keyNode.count + value.count
      total.height = max(total.height, keyNode.height + 1, value.height + 1)
      last = value.node.range
      guard let key = key(keyNode.node, lines: &lines) else { continue }
      if key.text == "<<", keyNode.node.scalar?.isPlain == true {
        merged += mergeSources(value.node)
      } else {
        entries.append(Entry(key: key, value: value.node))
      }
    }
  }

  /// What an alias stands for, if that is known, finite and not too much.
  private mutating func expand(
    _ name: String, at range: SourceRange, depth: Int
  ) throws(Diagnostic) -> Composed {
    let nothing = Composed(node: Node(.scalar(Scalar(text: "", content: .null)), range: range))
    switch anchors[name] {
    case nil:
      report("unknown alias", "There is no anchor `&\(name)` before this alias.", at: range)
      return nothing
    case .open:
      report("recursive alias", "`*\(name)` stands inside the node that it names.", at: range)
      return nothing
    case .closed(var target):
      aliasedNodes += target.count
      guard aliasedNodes <= limits.aliasedNodes else { throw tooManyAliases(range) }
      try checkDepth(depth + target.height, range)
      target.node.range = range
      return target
    }
  }

  private mutating func open(_ anchor: String?) {
    if let anchor { anchors[anchor] = .open }
  }

  private mutating func close(_ anchor: String?, _ composed: Composed) {
    if let anchor { anchors[anchor] = .closed(composed) }
  }

  /// Collects an error.
  mutating func report(
    _ summary: String, _ detail: String, hint: String? = nil, at range: SourceRange
  ) {
    diagnostics.add(error(summary, detail, hint: hint, at: range))
  }

  /// An error of this file, with its line.
  func error(
    _ summary: String, _ detail: String, hint: String? = nil, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      .error, summary, detail: detail, hint: hint, range: range,
      sourceLine: file.line(range.start.line))
  }
}
