import Model
import Testing
import YAMLReader

@Suite("Edits of a file")
struct EditTests {
  private func file(_ text: String) -> SourceFile { SourceFile(path: "a.yaml", bytes: text.utf8) }

  /// The scalar at the end of some keys.
  private func node(_ file: SourceFile, _ keys: [String]) throws -> Node {
    try #require(parseYAML(file).first?.node(at: keys.map { NodeStep.key($0) }))
  }

  private func replaced(
    _ text: String, _ keys: [String] = ["a"], with new: String, isString: Bool = false
  ) throws -> String {
    let file = file(text)
    let edit = try file.replacingScalar(
      at: node(file, keys).range, with: new, isString: isString)
    return String(decoding: file.applying(edit).allBytes, as: UTF8.self)
  }

  @Test(
    "only the scalar changes, in its own quotes",
    arguments: [
      ("a: 800 USD # the most\n", "900 USD", "a: 900 USD # the most\n"),
      ("a:   1 vCPU  \nb: 2", "2 vCPU", "a:   2 vCPU  \nb: 2"),
      ("a: \"85%\"", "90%", "a: \"90%\""),
      ("a: '15m' # x", "20m", "a: '20m' # x"),
      ("{a: 2 GB, b: [1, 2]}", "3 GB", "{a: 3 GB, b: [1, 2]}"),
      ("{\"a\":2}", "3", "{\"a\":3}"),
      ("\u{FEFF}a: 1\r\nb: 2\r\n", "9", "\u{FEFF}a: 9\r\nb: 2\r\n"),
      ("# é\n\"ü\": 1\na: 1", "9", "# é\n\"ü\": 1\na: 9"),
      ("? a\n: 1\n", "9", "? a\n: 9\n"),
      ("%YAML 1.2\n---\na: 1\n...\n", "9", "%YAML 1.2\n---\na: 9\n...\n"),
    ])
  func scalar(_ text: String, _ new: String, _ expected: String) throws {
    #expect(try replaced(text, with: new) == expected)
  }

  @Test(
    "a text gets quotes where it needs them",
    arguments: [
      "yes: no", "12", "true", "", " x ", "a # b", "it's", "\"q\"", "- x", "*x", "&x", "!x", "%x",
      "a\nb", "\u{7}", "é", "null", "a: b", "[x]", "x,y}", "\\", "\u{2028}", "😀", "@", "`",
    ])
  func quoting(_ text: String) throws {
    for source in ["a: old\n", "{a: old, b: 1}", "a: 'old'\n", "a: \"old\"\n"] {
      let edited = file(try replaced(source, with: text, isString: true))
      #expect(try node(edited, ["a"]).scalar?.string == text)
    }
  }

  @Test(
    "what is not one plain place is left alone",
    arguments: [
      "x: &x 1\na: *x\n", "a: &y 1\n", "a: !!str 1\n", "a: |\n  1\n", "a: >-\n  1\n", "a: 1\n  2\n",
      "a: \"1\n  2\"\n", "a:\n",
    ])
  func obstacles(_ text: String) {
    #expect(throws: EditObstacle.self) { try replaced(text, with: "9") }
  }

  @Test("every scalar of a file can be replaced, and no byte outside of it changes")
  func property() throws {
    let text = """
      \u{FEFF}# head é\r
      one:   800 USD # 💰\r
      two: {a: 1, "b": 'x y', c: [1, {d: 2}]}\r
      "three":\r
        - 5m\r
        - k: "v" # tail\r
          l: ~\r
      last: 9
      """
    let file = file(text)
    let bytes = Array(text.utf8)
    var count = 0
    let document = try #require(parseYAML(file).first)
    for path in scalarPaths(document) {
      let range = try #require(document.node(at: path)).range
      let old = Array(file.text(of: range).utf8)
      let edited = file.applying(
        try file.replacingScalar(at: range, with: "77 XY", isString: false))
      let new = edited.allBytes
      let prefix = zip(bytes, new).prefix { $0 == $1 }.count
      let suffix = zip(bytes.reversed(), new.reversed()).prefix { $0 == $1 }.count
      #expect(bytes.count - prefix - suffix <= old.count)
      #expect(try parseYAML(edited).first?.node(at: path)?.scalar?.text == "77 XY")
      for other in scalarPaths(document) where other != path {
        #expect(
          try parseYAML(edited).first?.node(at: other)?.scalar == document.node(at: other)?.scalar)
      }
      count += 1
    }
    #expect(count == 9)
  }

  private func scalarPaths(_ node: Node) -> [[NodeStep]] {
    switch node.kind {
    case .scalar: [[]]
    case .sequence(let elements):
      elements.enumerated().flatMap { index, element in
        scalarPaths(element).map { [.index(index)] + $0 }
      }
    case .mapping(let entries):
      entries.flatMap { entry in
        scalarPaths(entry.value).map { [.key(entry.key.text)] + $0 }
      }
    }
  }

  @Test(
    "an entry is added behind the last one, in the layout of the mapping",
    arguments: [
      ("m:\n  a: 1\n", ["x"], "m:\n  a: 1\n  x: 9\n"),
      ("m:\n    a: 1 # one\nn: 2", ["x"], "m:\n    a: 1 # one\n    x: 9\nn: 2"),
      ("m:\n  a: 1", ["x", "y"], "m:\n  a: 1\n  x:\n    y: 9"),
      ("m:\r\n  a: 1\r\n", ["x", "y"], "m:\r\n  a: 1\r\n  x:\r\n    y: 9\r\n"),
      ("m: {a: 1}\n", ["x"], "m: {a: 1, x: 9}\n"),
      ("m: { a: 1 } # z\n", ["x", "y"], "m: { a: 1, x: {y: 9} } # z\n"),
      ("m: {}\n", ["x"], "m: {x: 9}\n"),
      ("m: {a: 1,}\n", ["x"], "m: {a: 1, x: 9}\n"),
      ("m:\n  a: {b: 1,\n    c: 2}\n", ["x"], "m:\n  a: {b: 1,\n    c: 2}\n  x: 9\n"),
      ("m:\n  a: |\n    t\n\n# end\n", ["x"], "m:\n  a: |\n    t\n  x: 9\n\n# end\n"),
      ("m:\n  a:\n  - 1\n---\nn: 1\n", ["x"], "m:\n  a:\n  - 1\n  x: 9\n---\nn: 1\n"),
      ("m:\n  a: 1\n", ["true: 1"], "m:\n  a: 1\n  \"true: 1\": 9\n"),
    ])
  func entry(_ text: String, _ path: [String], _ expected: String) throws {
    let file = file(text)
    let mapping = try node(file, ["m"])
    let edit = try file.addingEntry(path, "9", to: mapping, step: 2, isString: false)
    let edited = file.applying(edit)
    #expect(String(decoding: edited.allBytes, as: UTF8.self) == expected)
    #expect(try node(edited, ["m"] + path).scalar?.text == "9")
  }

  @Test(
    "an entry is not added to what is no mapping of its own",
    arguments: ["x: &x {a: 1}\nm: *x\n", "m: &x\n  a: 1\n", "m: {a: 1,\n  b: 2}\n"])
  func entryObstacles(_ text: String) throws {
    let file = file(text)
    let mapping = try node(file, ["m"])
    #expect(throws: EditObstacle.self) {
      try file.addingEntry(["x"], "9", to: mapping, step: 2, isString: false)
    }
  }

  @Test("what stands behind an anchor is found as often as it is used")
  func anchors() throws {
    let file = file("base: &b {cpu: 1}\none: *b\ntwo: {<<: *b, x: 2}\n")
    let document = try #require(parseYAML(file).first)
    let range = try #require(document.node(at: [.key("one"), .key("cpu")])).range
    #expect(document.paths(toScalarAt: range).count == 3)
  }
}
