/// What the terminal or log that text is written for can show. Whether colour is wanted
/// (`NO_COLOR`, `--no-color`, no terminal) is decided by the caller.
public struct TextStyle: Hashable, Sendable {
  /// Whether escape sequences for colour are written.
  public let usesColour: Bool
  /// How many columns there are.
  public let width: Int

  /// A style; fewer than 40 columns count as 40.
  public init(colour: Bool, width: Int) {
    usesColour = colour
    self.width = max(40, width)
  }

  /// No colour, 100 columns: for logs and files.
  public static let plain = TextStyle(colour: false, width: 100)

  /// `text`, which is already safe to show, in the colour of `tone`.
  func paint(_ text: String, _ tone: Tone) -> String {
    guard usesColour, !text.isEmpty, let code = tone.code else { return text }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}

/// What a piece of text is about, which its colour says once more.
enum Tone: String {
  case plain, create, change, delete, drift, dim, strong

  /// The parameter of the terminal's colour sequence.
  fileprivate var code: Int? {
    switch self {
    case .plain: nil
    case .strong: 1
    case .dim: 2
    case .delete: 31
    case .create: 32
    case .change: 33
    case .drift: 36
    }
  }
}
