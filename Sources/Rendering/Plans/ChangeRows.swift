internal import Foundation
internal import Model

/// One line below a change: what it is about, what it says, and the place that asks for it.
struct ChangeRow: Hashable {
  let label: String
  let text: String
  let source: String?
  /// Whether the text is words that may be broken into lines, rather than values.
  let isProse: Bool

  /// The line of a field.
  init(field: String, _ text: String, source: String?) {
    label = field
    self.text = text
    self.source = source
    isProse = false
  }

  /// A line of words.
  init(_ label: String, _ text: String) {
    self.label = label
    self.text = text
    source = nil
    isProse = true
  }
}

extension FoldedChange {
  /// The lines below the change: its fields, its cost, why, remarks, and who else it is about.
  ///
  /// - Parameter limit: the most columns that one value may take.
  func rows(limit: Int = 60, namesShown: Int = 4) -> [ChangeRow] {
    var rows = first.fields.map { field in
      ChangeRow(
        field: safe(field.path), fieldText(field, limit: limit), source: sourceText(field.source))
    }
    if let costText { rows.append(ChangeRow("cost", costText)) }
    if let why { rows.append(ChangeRow("why", safe(why))) }
    rows += first.notes.map { ChangeRow("note", safe($0)) }
    if !otherNames.isEmpty {
      var names = otherNames.prefix(namesShown).map(safe)
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

  private func fieldText(_ field: FieldChange, limit: Int) -> String {
    let values = valueTexts(before: field.before, after: field.after, limit: limit)
    return switch first.action {
    case .create where field.before == nil: values.after
    case .delete where field.after == nil: values.before
    default: "\(values.before) -> \(values.after)"
    }
  }

  private func sourceText(_ source: SourceRange?) -> String? {
    guard let source else { return nil }
    let place = "\(safe(source.file)):\(source.start.line)"
    return hasOneSource ? place : place + " and others"
  }

  /// The cost before and after, and why a part of it is not known; nil where there is none.
  private var costText: String? {
    let (before, after) = (first.cost.before.amount, first.cost.after.amount)
    let reasons = safe(first.cost.unknowns.joined(separator: "; "))
    guard before != 0 || after != 0 else { return reasons.isEmpty ? nil : "unknown: \(reasons)" }
    let known =
      before == after ? plainAmount(after) : "\(plainAmount(before)) -> \(plainAmount(after))"
    return "\(known) USD/mo" + (count > 1 ? " each" : "")
      + (reasons.isEmpty ? "" : " and an unknown part: \(reasons)")
  }
}
