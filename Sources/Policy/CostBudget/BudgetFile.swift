internal import Foundation
internal import Manifests
internal import Model
internal import YAMLReader

/// A file of budgets in the short form that teams keep beside their code:
/// `budgets: {monthly_total: {amount: 2000, alerts: [50, 75, 90]}, by_service: {compute: {...}}}`.
///
/// Each entry with an `amount` is a budget; an entry without one groups others.
struct BudgetFile {
  /// A budget of the file.
  private struct Part {
    let name: Located<String>
    let fields: Fields
    let amount: Located<Decimal>?
    let services: [Located<String>]?
  }

  private static let document = ObjectSchema([
    Field("budgets", .map(.any), isRequired: true, doc: "The budgets by name.")
  ])

  private static let budget = ObjectSchema([
    Field("amount", .number, isRequired: true, doc: "What may be spent in a period, in USD."),
    Field("currency", .enumeration(["USD"]), doc: "The currency; only USD so far."),
    Field("alerts", .list(.number), doc: "When to tell somebody, in percent of the amount."),
    Field("services", .any, doc: "The services that count: a list, or all."),
    Field("period", .enumeration(CostBudget.periods.map(\.word)), doc: "How long a period is."),
  ])

  private var parts: [Part] = []
  private let manifest: Manifest
  private let context: CompilationContext

  /// The file at `path`; nil where it is not there or is no file of budgets, which is reported.
  init?(
    _ path: Located<String>, of manifest: Manifest, in context: CompilationContext,
    into diagnostics: inout Diagnostics
  ) {
    self.manifest = manifest
    self.context = context
    let file = attachmentPath(path.value, beside: manifest.file)
    guard
      let documents = context.documents(
        of: path, of: manifest, as: "YAML file", into: &diagnostics)
    else { return nil }
    guard let node = documents.first, documents.count == 1 else {
      diagnostics.add(
        error: "expected one document", at: path.range,
        detail: "`\(file)` holds \(documents.count) YAML documents.")
      return nil
    }
    let fields = validate(node, against: Self.document, path: file, into: &diagnostics)
    add(
      fields.map("budgets").compactMap { entry in entry.value.node.map { (entry.key, $0) } },
      path: "budgets", into: &diagnostics)
  }

  private mutating func add(
    _ entries: [(key: Located<String>, node: Node)], path: String,
    into diagnostics: inout Diagnostics
  ) {
    for (key, node) in entries {
      let path = "\(path).\(key.value)"
      if node["amount"] == nil, let inner = node.entries, !inner.isEmpty,
        inner.allSatisfy({ $0.value.entries != nil })
      {
        add(
          inner.map { (Located($0.key.text, range: $0.key.range), $0.value) }, path: path,
          into: &diagnostics)
        continue
      }
      let fields = validate(node, against: Self.budget, path: path, into: &diagnostics)
      if let first = parts.first(where: { $0.name.value == key.value }) {
        diagnostics.add(
          error: "the same budget twice", at: key.range,
          detail: "`\(key.value)` also stands at \(place(of: first.name.range)).")
        continue
      }
      parts.append(
        Part(
          name: key, fields: fields, amount: fields.decimal("amount"),
          services: Self.services(fields, into: &diagnostics)))
    }
  }

  /// The services that a budget counts; nil for all.
  private static func services(
    _ fields: Fields, into diagnostics: inout Diagnostics
  ) -> [Located<String>]? {
    guard let node = fields.node("services") else { return nil }
    let nodes = node.elements ?? [node]
    let names = nodes.compactMap { element in
      element.scalar?.string.map { Located($0, range: element.range) }
    }
    if names.count != nodes.count {
      diagnostics.add(
        error: "expected a list of services, or all", at: node.range,
        detail: "Services are texts such as AmazonEC2.")
    }
    return names.contains { $0.value == "all" } ? nil : names
  }

  /// The budgets, named `PREFIX-NAME` in AWS.
  func resources(
    prefix: String, notify: [BudgetSubscriber], into diagnostics: inout Diagnostics
  ) -> [DesiredResource] {
    compareSums(into: &diagnostics)
    return parts.compactMap { part in
      guard let amount = part.amount else { return nil }
      var wishes = Wishes()
      if amount.value <= 0 {
        diagnostics.add(
          error: "an amount out of range", at: amount.range, detail: "A budget is more than 0 USD.")
      }
      wishes.set("limit", to: .number(amount.value), at: amount.range)
      wishes.set("currency", to: "USD", at: amount.range)
      let unit = CostBudget.unit(part.fields.string("period")?.value)
      wishes.set("timeUnit", to: .string(unit), at: part.name.range)
      if let names = part.services {
        let known = Set(names.flatMap { costExplorerNames(of: $0, into: &diagnostics) })
        if !known.isEmpty {
          wishes.set(
            "costFilters", to: ["Service": .list(known.sorted().map(Value.string))],
            at: part.fields.range(of: "services"))
        }
      }
      alerts(part, notify, &wishes, into: &diagnostics)
      let name = Located("\(prefix)-\(part.name.value)", range: part.name.range)
      CostBudget.checkName(name, into: &diagnostics)
      return manifest.resource(Address("budgets/budget", name.value), wishes, in: context)
    }
  }

  private func alerts(
    _ part: Part, _ notify: [BudgetSubscriber], _ wishes: inout Wishes,
    into diagnostics: inout Diagnostics
  ) {
    let percents = part.fields.list("alerts").compactMap { alert -> Located<Decimal>? in
      alert.value.decimal.map { Located($0, range: alert.range) }
    }
    if !percents.isEmpty, notify.isEmpty, !manifest.fields.has("notify") {
      diagnostics.add(
        error: "alerts that tell nobody", at: part.fields.keyRange(of: "alerts"),
        detail: "A notification of AWS Budgets has at least one subscriber.",
        hint: "Add `notify` beside `file` in \(manifest.file): {email: [you@example.com]}.")
    }
    if percents.count > 10 {
      diagnostics.add(
        error: "too many alerts", at: part.fields.keyRange(of: "alerts"),
        detail: "A budget has at most 10 notifications; these are \(percents.count).")
    }
    for percent in percents {
      guard percent.value > 0, percent.value <= 1_000_000 else {
        diagnostics.add(
          error: "a threshold out of range", at: percent.range,
          detail: "AWS Budgets takes more than 0 and at most 1000000%.")
        continue
      }
      wishes.set(
        "notifications.ACTUAL > \(percent.value)%", to: .list(notify.map(\.value)),
        at: percent.range)
    }
  }

  /// Warns where the budgets of single services exceed that of all, and where two count the same.
  private func compareSums(into diagnostics: inout Diagnostics) {
    let periods = Dictionary(grouping: parts) { CostBudget.unit($0.fields.string("period")?.value) }
    for group in periods.values {
      let named = group.filter { $0.services != nil }
      let totals = group.filter { $0.services == nil && $0.amount != nil }
      let sum = named.compactMap(\.amount?.value).reduce(0, +)
      if totals.count == 1, let total = totals[0].amount, sum > total.value {
        diagnostics.add(
          warning: "the parts exceed the total", at: total.range,
          detail: "The budgets of single services come to \(sum) USD, more than the \(total.value)"
            + " USD of `\(totals[0].name.value)`: all of them can be kept and the total passed.")
      }
      var seen: [String: String] = [:]
      for part in named {
        var ignored = Diagnostics()
        for service in part.services ?? [] {
          for name in costExplorerNames(of: service, into: &ignored) {
            if let other = seen[name], other != part.name.value {
              diagnostics.add(
                warning: "counted twice", at: service.range,
                detail: "AWS bills part of `\(service.value)` as \"\(name)\", which `\(other)`"
                  + " counts too.")
            }
            seen[name] = part.name.value
          }
        }
      }
    }
  }
}
