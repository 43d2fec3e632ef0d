public import Model

/// A step from a node to one within it.
public enum NodeStep: Hashable, Sendable {
  case key(String)
  case index(Int)
}

extension Node {
  /// The ways to all scalars that stand at a place; several where aliases repeat what stands there.
  public func paths(toScalarAt range: SourceRange) -> [[NodeStep]] {
    switch kind {
    case .scalar: self.range == range ? [[]] : []
    case .sequence(let elements):
      elements.enumerated().flatMap { index, element in
        element.paths(toScalarAt: range).map { [.index(index)] + $0 }
      }
    case .mapping(let entries):
      entries.flatMap { entry in
        entry.value.paths(toScalarAt: range).map { [.key(entry.key.text)] + $0 }
      }
    }
  }

  /// The node at the end of a way; nil where there is none.
  public func node(at path: some Sequence<NodeStep>) -> Node? {
    var node: Node? = self
    for step in path {
      switch step {
      case .key(let key): node = node?[key]
      case .index(let index):
        node = node?.elements.flatMap { $0.indices.contains(index) ? $0[index] : nil }
      }
    }
    return node
  }
}
