internal import Model

extension SourceFile {
  /// The edit that adds an entry to a mapping, behind its last one and in its layout.
  ///
  /// - Parameters:
  ///   - path: the keys from the mapping to the scalar; those before the last become mappings.
  ///   - step: by how many columns a nested mapping stands further in.
  ///   - isString: whether the text must read as a string, whatever it looks like.
  /// - Throws: where the mapping is an alias, or a flow mapping over several lines.
  public func addingEntry(
    _ path: [String], _ text: String, to mapping: Node, step: Int, isString: Bool
  ) throws(EditObstacle) -> SourceEdit {
    precondition(!path.isEmpty, "an entry has a key")
    let stretch = stretch(mapping.range)
    let value = scalarText(text, isString: isString)
    switch bytes[stretch].first {
    case UInt8(ascii: "*"): throw EditObstacle("the mapping above it is an alias")
    case UInt8(ascii: "&"), UInt8(ascii: "!"):
      throw EditObstacle("the mapping above it carries an anchor or a tag")
    case UInt8(ascii: "{"):
      return try addingFlowEntry(path, value, to: mapping, end: stretch.upperBound - 1)
    default: break
    }
    guard let first = mapping.entries?.first(where: { contains(mapping.range, $0.key.range) })
    else {
      throw EditObstacle("the mapping above it has no entries of its own")
    }
    let indent = first.key.range.start.column - 1
    let lines = path.enumerated().map { depth, key in
      String(repeating: " ", count: indent + depth * step) + scalarText(key, isString: false) + ":"
    }
    let end = endOfLine(mapping.range.end.line)
    return SourceEdit(
      stretch: end..<end, text: lines.map { lineBreak + $0 }.joined() + " " + value)
  }

  private func addingFlowEntry(_ path: [String], _ value: String, to mapping: Node, end: Int)
    throws(EditObstacle) -> SourceEdit
  {
    guard mapping.range.start.line == mapping.range.end.line else {
      throw EditObstacle("the mapping above it takes several lines in brackets")
    }
    var place = end
    while bytes[place - 1] == UInt8(ascii: " ") { place -= 1 }
    let isFirst = bytes[place - 1] == UInt8(ascii: "{")
    let hasComma = bytes[place - 1] == UInt8(ascii: ",")
    let keys = path.map { scalarText($0, isString: false) }
    let entry =
      keys.joined(separator: ": {") + ": " + value
      + String(repeating: "}", count: keys.count - 1)
    return SourceEdit(
      stretch: place..<place, text: (isFirst ? "" : hasComma ? " " : ", ") + entry)
  }

  private func contains(_ outer: SourceRange, _ inner: SourceRange) -> Bool {
    outer.start <= inner.start && inner.end <= outer.end
  }
}
