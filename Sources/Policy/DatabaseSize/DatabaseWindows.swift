internal import Foundation
internal import Manifests
internal import Model

extension DatabaseSize {
  static var target: String { "databaseSize" }
  static var windowFields: [String] { ["capacity", "class"] }

  /// What holds of a database in a window. A pause holds only where the least is 0, so that it may be
  /// a window's alone.
  static func wishes(
    in window: Fields, of resource: DesiredResource, into diagnostics: inout Diagnostics
  ) -> Wishes? {
    let field = resource.address.type == "rds/cluster" ? "capacity" : "class"
    for name in windowFields where name != field && window.has(name) {
      diagnostics.add(
        error: "not a setting of \(field == "capacity" ? "a cluster" : "an instance")",
        at: window.keyRange(of: name),
        detail: "\(resource.manifest), at \(place(of: resource.range)), is about the other.",
        hint: "Set `\(field)`.")
    }
    guard window.has(field) else {
      diagnostics.add(
        error: "a window that changes nothing", at: window.range,
        detail: "A window for \(resource.manifest) has `\(field)`.")
      return nil
    }
    var wishes = Wishes()
    if field == "class" {
      guard let text = window.string("class") else { return nil }
      wishes.set("class", to: .string(text.value), at: text.range, as: .text)
      return wishes
    }
    guard let capacity = window.object("capacity") else { return nil }
    wish(capacity, into: &wishes, &diagnostics)
    guard wishes.attributes["minCapacity"] != nil, wishes.attributes["maxCapacity"] != nil else {
      return nil
    }
    if let own = resource.attributes[pause], wishes.attributes[pause] == nil {
      wishes.set(pause, own, at: resource.sources[pause] ?? resource.range)
    }
    return wishes
  }

  /// A pause goes only with a least of 0.
  static func values(
    of wishes: [String: DesiredValue], after others: [[String: DesiredValue]]
  ) -> [String: Value]? {
    var values = wishes.compactMapValues(\.exact)
    if let least = values["minCapacity"]?.number, least > 0 { values[pause] = nil }
    return values
  }

  static func needsNoReturn(_ attribute: String, to outside: [String: DesiredValue]) -> Bool {
    attribute == pause && outside["minCapacity"]?.exact?.number ?? 0 > 0
  }

  private static var pause: String { "secondsUntilAutoPause" }
}
