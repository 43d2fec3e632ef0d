internal import Foundation
internal import Manifests
internal import Model

/// `Dashboard`: a dashboard of CloudWatch, from a file or from a short list of widgets.
enum Dashboard: ManifestKind {
  static let schema = KindSchema(
    kind: "Dashboard",
    doc: """
      A dashboard of CloudWatch, from a JSON file or from a short list of widgets.

      The file is a body as CloudWatch shows and takes it (View/edit source); how it is written, with which \
      order of keys and which spaces, makes no difference. Members of the body that neither the file nor the \
      manifest names stay as they are. All regions of an account have the same dashboards. The price leaves \
      out the three of an account that are free.
      """,
    spec: ObjectSchema([
      Field("name", .string(name), doc: "The dashboard's name in AWS; else the manifest's."),
      Field(
        "file", .string(),
        doc: "A JSON file with the whole body, from the manifest's folder; instead of `widgets`."),
      Field(
        "widgets", .list(.object(DashboardWidget.schema), nonEmpty: true),
        doc: "What it shows; in the order of the list where no widget has `x` and `y`."),
      Field(
        "start", .duration, doc: "How far back graphs begin, in whole minutes; with `widgets`."),
    ]))

  /// API description of cloudwatch, DashboardName.
  private static let name = StringRule(
    "a name of 1 to 255 letters, digits, `-` and `_`", example: "shop-production",
    pattern: "[A-Za-z0-9_-]{1,255}")

  static func compile(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredResource] {
    let fields = manifest.fields
    if fields.has("file") == fields.has("widgets") {
      let has = fields.has("file")
      diagnostics.add(
        error: has ? "a file and widgets" : "a dashboard without widgets",
        at: has ? fields.keyRange(of: "widgets") : fields.range,
        detail: "The widgets are those of `file` or those in `widgets`.", hint: "Set one of them.")
    }
    if fields.has("file"), fields.has("start") {
      diagnostics.add(
        error: "`start` beside a file", at: fields.keyRange(of: "start"),
        detail: "The file has a `start` of its own, or none.", hint: "Put it there: \"-PT3H\".")
    }
    var wishes = Wishes()
    if let path = fields.string("file") {
      DashboardFile(path, of: manifest, in: context, into: &diagnostics)?.add(to: &wishes)
    } else {
      wish(fields, in: context, into: &wishes, &diagnostics)
    }
    let named = fields.has("name") ? fields.string("name") : manifest.name
    guard let named, !wishes.isEmpty else { return [] }
    if !fields.has("name"), !name.allows(named.value) {
      diagnostics.add(
        error: "not the name of a dashboard", at: named.range,
        detail: "A dashboard has \(name.meaning).", hint: "Set `name`.")
    }
    return [manifest.resource(Address("cloudwatch/dashboard", named.value), wishes, in: context)]
  }

  private static func wish(
    _ fields: Fields, in context: CompilationContext, into wishes: inout Wishes,
    _ diagnostics: inout Diagnostics
  ) {
    let widgets = fields.objects("widgets")
    let values = widgets.map { DashboardWidget.value($0, in: context, into: &diagnostics) }
    if !widgets.isEmpty {
      wishes.set("widgets", to: placed(values), at: fields.range(of: "widgets"))
      for (index, widget) in widgets.enumerated() {
        wishes.locate("widgets.\(index + 1)", at: widget.range)
      }
    }
    if let start = fields.duration("start") {
      if start.value < 60 || start.value % 60 != 0 {
        diagnostics.add(
          error: "expected whole minutes", at: start.range,
          detail: "A dashboard begins whole minutes back: 3h, for example.")
      }
      wishes.set("start", to: .string(ago(start.value)), at: start.range)
    }
  }

  /// Widgets as the resource has them: by their places from 1.
  static func placed(_ widgets: [Value]) -> Value {
    .map(Dictionary(uniqueKeysWithValues: widgets.enumerated().map { ("\($0 + 1)", $1) }))
  }

  /// A time back as the body has it, in the largest unit that is whole: `-PT3H`.
  private static func ago(_ seconds: Int) -> String {
    if seconds % 86_400 == 0 { return "-P\(seconds / 86_400)D" }
    if seconds % 3600 == 0 { return "-PT\(seconds / 3600)H" }
    return "-PT\(seconds / 60)M"
  }
}
