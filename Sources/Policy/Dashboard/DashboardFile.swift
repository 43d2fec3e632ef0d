internal import Foundation
internal import Manifests
internal import Model
internal import YAMLReader

/// The body of a dashboard in a file, with the places of its parts.
struct DashboardFile {
  private let body: Node
  private let entries: [Entry]

  /// The file at `path`; nil where it is not there or holds no body, which is reported.
  init?(
    _ path: Located<String>, of manifest: Manifest, in context: CompilationContext,
    into diagnostics: inout Diagnostics
  ) {
    let file = attachmentPath(path.value, beside: manifest.file)
    guard
      let documents = context.documents(
        of: path, of: manifest, as: "JSON file", into: &diagnostics)
    else { return nil }
    guard let body = documents.first, documents.count == 1, let entries = body.entries else {
      diagnostics.add(
        error: "expected a dashboard's body", at: path.range,
        detail: "`\(file)` is no single object of JSON.")
      return nil
    }
    guard body["widgets"]?.elements != nil else {
      diagnostics.add(
        error: "a dashboard without widgets", at: body["widgets"]?.range ?? path.range,
        detail: "The body in `\(file)` must have a list `widgets`; it may be empty.")
      return nil
    }
    self.body = body
    self.entries = entries
  }

  /// Asks for all that the file has.
  func add(to wishes: inout Wishes) {
    for entry in entries where entry.key.text != "widgets" {
      wishes.set(entry.key.text, to: entry.value.value, at: entry.value.range)
    }
    let widgets = body["widgets"]?.elements ?? []
    wishes.set(
      "widgets", to: Dashboard.placed(widgets.map(\.value)),
      at: body["widgets"]?.range ?? body.range)
    for (index, widget) in widgets.enumerated() {
      wishes.locate("widgets.\(index + 1)", at: widget.range)
    }
  }
}
