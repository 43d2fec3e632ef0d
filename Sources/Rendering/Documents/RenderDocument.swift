/// A page in one of the four forms, where programs read `json` instead of it.
///
/// - Throws: `EncodingError`.
func render(
  _ document: Document, json: some Encodable, format: OutputFormat, style: TextStyle
) throws -> String {
  switch format {
  case .text: document.text(style)
  case .json: try jsonText(json)
  case .markdown: document.markdown
  case .html: document.html
  }
}
