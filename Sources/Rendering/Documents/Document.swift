/// A page of facts before it is text, Markdown or HTML. Its texts are as they came: each writer
/// escapes them for its own form, so that no view can forget to.
struct Document {
  /// What the page is about.
  let title: String
  /// What it says.
  var blocks: [Block]
}

/// A part of a page.
indirect enum Block {
  /// The title of what follows.
  case heading(String)
  /// A sentence or more.
  case paragraph(String, Tone = .plain)
  /// Names with their values.
  case facts([Fact])
  /// A table.
  case table(Table)
  /// A part with a title of its own that can be folded away where the form allows.
  case details(Cell, [Block])
}

/// A name with its value.
struct Fact {
  let label: String
  let value: Cell

  init(_ label: String, _ value: String, isCode: Bool = false, tone: Tone = .plain) {
    self.label = label
    self.value = Cell(value, isCode: isCode, tone: tone)
  }

  /// A name with a value that may take several lines.
  init(_ label: String, _ value: ShownValue, isCode: Bool = true) {
    self.label = label
    self.value = Cell(value, isCode: isCode)
  }
}

/// Rows of cells under the names of their columns.
struct Table {
  let columns: [Column]
  var rows: [[Cell]]
}

/// The name of a column and the side on which its cells stand.
struct Column {
  /// On which side the cells stand.
  enum Alignment { case left, right }

  let title: String
  let alignment: Alignment

  init(_ title: String, _ alignment: Alignment = .left) {
    self.title = title
    self.alignment = alignment
  }
}

/// A piece of text, and the lines below it where a value takes several.
struct Cell {
  let text: String
  var block: [ValueLine] = []
  /// Whether it is a name, a value or an identifier rather than words.
  let isCode: Bool
  let tone: Tone

  init(_ text: String, isCode: Bool = false, tone: Tone = .plain) {
    self.text = text
    self.isCode = isCode
    self.tone = tone
  }

  /// A value, or words about one.
  init(_ value: ShownValue, isCode: Bool = true) {
    self.init(value.line, isCode: isCode)
    block = value.block
  }
}
