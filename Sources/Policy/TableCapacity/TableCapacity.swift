internal import Foundation
internal import Manifests
internal import Model

/// `TableCapacity`: how the capacity of DynamoDB tables is had, and how much of it there is.
enum TableCapacity: ManifestKind {
  static let schema = KindSchema(
    kind: "TableCapacity",
    doc: """
      How the capacity of DynamoDB tables is had, and how much of it there is.

      It holds for the tables in `tables`, which must be there, and for all with `tags` at the time of the \
      plan, but for those in `except`; scaling takes `tables`. Indexes that are not named keep their capacity. \
      DynamoDB switches a table to on-demand at most four times within 24 hours, and lowers a capacity at most \
      27 times a day. A table that becomes provisioned needs a capacity for itself and for each global \
      secondary index. Nothing else of a table is touched, such as its deletion protection.
      """,
    spec: ObjectSchema(
      [
        Field("tables", .list(.string(table), nonEmpty: true), doc: "Tables by their names."),
        Field.tags(
          doc: "The tags of the tables that are meant: a value or a list of them for each."),
        Field(
          "except", .list(.string(table), nonEmpty: true), doc: "Tables that `tags` do not mean."),
        Field(
          "mode", .enumeration(["provisioned", "onDemand"]),
          doc: "Whether capacity is provisioned, or each request is billed; else as it is."),
      ] + CapacityWish.fields + [
        Field(
          "indexes", .map(.object(ObjectSchema(CapacityWish.fields))),
          doc: "The capacities of global secondary indexes, by name.")
      ]))

  /// API description of dynamodb, TableName and IndexName.
  private static let table = StringRule(
    "a table's name of letters, digits, `_`, `.` and `-`", example: "orders", pattern: name)
  private static let index = StringRule("an index's name", example: "by-customer", pattern: name)
  private static let name = "[a-zA-Z0-9_.-]{3,255}"

  private static let type = "dynamodb/table"

  static func compile(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredResource] {
    let fields = manifest.fields
    manifest.checkNamesOrTags("table", in: "tables", into: &diagnostics)
    let capacities = capacities(fields, into: &diagnostics)
    check(fields, capacities, into: &diagnostics)
    if fields.has("tags"), let range = capacities.first(where: \.isScaled)?.range {
      diagnostics.add(
        error: "scaling of tables that are not named", at: range,
        detail: "A scalable target belongs to a table by its name.",
        hint: "Name the tables in `tables`, in a manifest without `tags`.")
    }
    return fields.strings("tables").flatMap { table -> [DesiredResource] in
      let address = Address(type, table.value)
      let wishes = wishes(fields, capacities, of: table.value)
      if wishes.isEmpty { return [] }
      var resource = manifest.resource(address, wishes, in: context)
      resource.rivals = capacities.filter { !$0.isScaled }.map {
        $0.dimension.rival(of: table.value)
      }
      return [resource] + capacities.flatMap { $0.resources(of: address, manifest, in: context) }
    }
  }

  static func select(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredSelection] {
    let fields = manifest.fields
    var reported = Diagnostics()
    let capacities = capacities(fields, into: &reported).filter { !$0.isScaled }
    let wishes = wishes(fields, capacities, of: "")
    guard let tags = fields.tagFilter(into: &reported), !reported.hasErrors, !wishes.isEmpty else {
      return []
    }
    return [manifest.selection(type, ["tags": tags.criterion], wishes, in: context)]
  }

  private static func capacities(
    _ fields: Fields, into diagnostics: inout Diagnostics
  ) -> [CapacityWish] {
    var wishes = CapacityWish.all(fields, into: &diagnostics)
    for (key, capacity) in fields.objectMap("indexes") {
      if !index.allows(key.value) {
        diagnostics.add(
          error: "not the name of an index", at: key.range,
          detail: "It has 3 to 255 letters, digits, `_`, `.` and `-`.")
      }
      wishes += CapacityWish.all(capacity, index: key.value, into: &diagnostics)
    }
    return wishes
  }

  private static func check(
    _ fields: Fields, _ capacities: [CapacityWish], into diagnostics: inout Diagnostics
  ) {
    let units = CapacityDimension.Unit.allCases
    switch fields.string("mode")?.value {
    case "onDemand":
      guard let range = capacities.first?.range else { return }
      diagnostics.add(
        error: "a capacity for tables on demand", at: range,
        detail: "On demand every request is billed, and nothing is provisioned.",
        hint: "Leave it out, or let the mode be provisioned.")
    case "provisioned":
      for unit in units where !fields.has(unit.rawValue) && !fields.has("\(unit.rawValue)Scaling") {
        diagnostics.add(
          error: "provisioned tables without their capacity", at: fields.range(of: "mode"),
          detail: "A provisioned table has a \(unit.rawValue) capacity.",
          hint: "Set `\(unit.rawValue)` or `\(unit.rawValue)Scaling`.")
      }
    default:
      if fields.has("mode") || fields.has("indexes") { return }
      if !units.contains(where: { fields.has($0.rawValue) || fields.has("\($0.rawValue)Scaling") })
      {
        diagnostics.add(
          error: "nothing is asked of the tables", at: fields.range,
          hint: "Set `mode`, `read`, `write` or `indexes`.")
      }
    }
  }

  private static func wishes(
    _ fields: Fields, _ capacities: [CapacityWish], of table: String
  ) -> Wishes {
    var wishes = Wishes()
    let mode = fields.string("mode")
    if let mode {
      wishes.set(
        "billingMode", to: mode.value == "onDemand" ? "PAY_PER_REQUEST" : "PROVISIONED",
        at: mode.range,
        as: .words(["onDemand": "PAY_PER_REQUEST", "provisioned": "PROVISIONED"]))
    }
    if let mode, mode.value == "onDemand" {
      for unit in CapacityDimension.Unit.allCases {
        wishes.set(
          CapacityDimension(index: nil, unit: unit).attribute, .absent, at: mode.range)
      }
    } else {
      for capacity in capacities { capacity.add(to: &wishes, of: table) }
    }
    return wishes
  }
}
