internal import Model

/// A line of a file with the range below it underlined: `^~~~`.
struct SourceExcerpt {
  /// The text of the line where the range starts.
  let line: String
  /// What is underlined; of a range over several lines, as far as this line goes.
  let range: SourceRange
  /// How many columns there are.
  let width: Int

  /// The numbered line and the carets below it.
  func lines(_ style: TextStyle, _ tone: Tone) -> [String] {
    let number = String(range.start.line)
    let gutter = "  \(number) | "
    let empty = "  \(padded("", to: number.count)) | "
    let parts = self.parts(room: width - gutter.count)
    let spaces = String(repeating: " ", count: displayWidth(parts.before))
    let waves = String(repeating: "~", count: max(0, displayWidth(parts.marked) - 1))
    return [
      style.paint(gutter, .dim) + parts.before + parts.marked + parts.after,
      style.paint(empty, .dim) + spaces + style.paint("^" + waves, tone),
    ]
  }

  /// The line as it is shown, in three parts, cut on both sides so that it fits.
  private func parts(room: Int) -> (before: String, marked: String, after: String) {
    let scalars = Array(line.unicodeScalars).filter { $0 != "\n" && $0 != "\r" }
    let start = min(max(0, range.start.column - 1), scalars.count)
    let isOneLine = range.end.line == range.start.line
    let end = isOneLine ? min(max(start, range.end.column - 1), scalars.count) : scalars.count
    var before = shown(scalars[..<start])
    var marked = shown(scalars[start..<end])
    marked = marked.trimmingSuffix { $0 == " " }
    // The marked part comes first; what stands before it keeps at least a third of the room.
    marked = cut(marked, to: max(8, room - min(displayWidth(before), room / 3)))
    let kept = room - displayWidth(marked)
    before = String(cut(String(before.reversed()), to: kept).reversed())
    let after = cut(shown(scalars[end...]), to: max(1, kept - displayWidth(before)))
    return (before, marked, after)
  }

  /// Text with its tabs as two spaces and nothing in it that acts on the terminal.
  private func shown(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return safe(String(text).replacing("\t", with: "  "))
  }
}

extension String {
  /// This text without the characters at its end for which `isUnwanted` holds.
  fileprivate func trimmingSuffix(while isUnwanted: (Character) -> Bool) -> String {
    var text = self
    while let last = text.last, isUnwanted(last) { text.removeLast() }
    return text
  }
}
