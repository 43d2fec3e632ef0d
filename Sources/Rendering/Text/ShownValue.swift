internal import Model

/// A value, or what differs between two, as it is shown: on one line, or a few words and the
/// values themselves on the lines below. Nothing of it is ever cut.
struct ShownValue: Hashable {
  /// What stands beside the name: all there is to say, or how much stands below. It may be empty.
  let line: String
  /// What stands below the name.
  var block: [ValueLine] = []

  /// A value as it is.
  init(_ value: Value, width: Int) {
    let lines = valueLines(value, width: width)
    guard lines.count > 1 else {
      line = lines.first ?? ""
      return
    }
    line =
      switch value {
      case .list(let elements): counted(elements.count, "element")
      case .map: counted(leafCount(value), "value")
      default: ""
      }
    block = lines.map { ValueLine($0, .plain) }
  }

  /// `line`, with `block` below it.
  init(line: String, block: [ValueLine] = []) {
    self.line = line
    self.block = block
  }
}

/// A line of a value that takes several.
struct ValueLine: Hashable {
  /// The text, safe to show, without the indent of the whole.
  let text: String
  /// What it is about.
  let tone: Tone

  /// A line.
  init(_ text: String, _ tone: Tone) {
    self.text = text
    self.tone = tone
  }
}
