internal import Foundation
internal import Model

/// What stands below a change about one thing: its name, what is said of it, and the place that
/// asks for it.
struct ChangeRow: Hashable {
  let label: String
  let value: ShownValue
  let source: String?
  /// Whether the line is words that may be broken, rather than values.
  let isProse: Bool

  /// A field.
  init(field: String, _ value: ShownValue, source: String?) {
    label = field
    self.value = value
    self.source = source
    isProse = false
  }

  /// Words.
  init(_ label: String, _ text: String) {
    self.label = label
    value = ShownValue(line: text)
    source = nil
    isProse = true
  }

  /// The column of the values below a change: as wide as its names, but for those that would leave
  /// their values too little of `width`.
  static func labelWidth(_ labels: [String], width: Int) -> Int {
    labels.map { displayWidth($0) }.filter { $0 <= max(32, width / 2) }.max() ?? 0
  }
}

extension FoldedChange {
  /// What stands below the change: its fields, its cost, why, remarks, and who else it is about.
  ///
  /// - Parameters:
  ///   - width: how many columns a name and its value may take together.
  ///   - namesShown: how many names of other resources; of deletions always all.
  func rows(width: Int, namesShown: Int = 4) -> [ChangeRow] {
    let labelWidth = ChangeRow.labelWidth(first.fields.map { safe($0.path) }, width: width)
    var rows = first.fields.map { field in
      let label = safe(field.path)
      let room = max(24, width - max(labelWidth, displayWidth(label)) - 2)
      return ChangeRow(
        field: label, field.shown(for: first.action, room: room, width: width - 2),
        source: sourceText(field.source))
    }
    if let costText { rows.append(ChangeRow("cost", costText)) }
    if let why { rows.append(ChangeRow("why", safe(why))) }
    rows += (first.firings ?? []).enumerated().map { index, firing in
      ChangeRow(index == 0 ? "next" : "", firing.text)
    }
    if let reason = first.irreversible { rows.append(ChangeRow("irreversible", safe(reason))) }
    rows += notes.map { ChangeRow("note", safe($0)) }
    if !otherNames.isEmpty {
      var names = otherNames.prefix(first.action == .delete ? .max : namesShown).map(safe)
      let left = otherNames.count - names.count
      if left > 0 { names.append("\(left) more") }
      rows.append(ChangeRow("also", enumerated(names)))
    }
    return rows
  }

  /// The name with the number of changes folded into it.
  var title: String {
    safe(first.address.name) + (count > 1 ? " (x\(count))" : "")
  }

  private func sourceText(_ source: SourceRange?) -> String? {
    guard let source else { return nil }
    let place = "\(safe(source.file)):\(source.start.line)"
    return hasOneSource ? place : place + " and others"
  }

  /// The cost before and after, and why a part of it is not known; nil where there is none, or the
  /// change's own line already says it.
  private var costText: String? {
    let (before, after) = (first.cost.before.amount, first.cost.after.amount)
    let reasons = safe(first.cost.unknowns.joined(separator: "; "))
    guard before != 0 || after != 0 else { return reasons.isEmpty ? nil : "unknown: \(reasons)" }
    if reasons.isEmpty, count == 1, before == 0 || after == 0 { return nil }
    let known =
      before == after ? plainAmount(after) : "\(plainAmount(before)) -> \(plainAmount(after))"
    return "\(known) USD/mo" + (count > 1 ? " each" : "")
      + (reasons.isEmpty ? "" : " and an unknown part: \(reasons)")
  }
}
