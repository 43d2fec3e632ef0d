/// The forms in which a view is written.
public enum OutputFormat: String, CaseIterable, Sendable {
  /// For people at a terminal or reading a log.
  case text
  /// For programs: sorted keys, a `formatVersion`, the same facts as the text.
  case json
  /// For comments on pull requests.
  case markdown
  /// A page of its own, for a browser.
  case html
}
