import Foundation
import Model

extension DesiredResource {
  /// The resource as data for a recorded file. Secrets stand in it in clear: they are examples.
  var value: Value {
    var members: [String: Value] = [
      "address": .string(address.description),
      "attributes": .map(attributes.mapValues(\.recorded)),
      "manifest": .string(manifest.description),
      "range": .string(range.short),
      "sources": .map(sources.mapValues { .string($0.short) }),
      "onRemove": .string(onRemove.rawValue),
    ]
    let others = lasting.filter { attributes[$0.key] != .exactly($0.value) }
    if !others.isEmpty { members["lasting"] = .map(others) }
    if !dependsOn.isEmpty {
      members["dependsOn"] = .list(dependsOn.map { .string($0.description) })
    }
    if isProtected { members["isProtected"] = true }
    if isSpent { members["isSpent"] = true }
    if !rivals.isEmpty {
      members["rivals"] = .list(
        rivals.map { ["address": .string($0.address.description), "remark": .string($0.remark)] })
    }
    if !notes.isEmpty { members["notes"] = .list(notes.map(Value.string)) }
    return .map(members)
  }
}

extension DesiredValue {
  fileprivate var recorded: Value {
    switch self {
    case .exactly(let value): ["exactly": value.revealed]
    case .absent: "absent"
    case .within(let range, let initial, let owner):
      [
        "within": [.number(range.lowerBound), .number(range.upperBound)],
        "initial": initial ?? "as it is", "owner": .string(owner.description),
      ]
    }
  }
}

extension Value {
  fileprivate var revealed: Value {
    switch self {
    case .sensitive(.clear(let text)): ["sensitive": .string(text)]
    case .list(let elements): .list(elements.map(\.revealed))
    case .map(let members): .map(members.mapValues(\.revealed))
    default: self
    }
  }
}

extension SourceRange {
  fileprivate var short: String {
    "\(start.line):\(start.column)-\(end.line == start.line ? "" : "\(end.line):")\(end.column)"
  }
}

extension Diagnostics {
  /// The diagnostics as text, with a caret under what each is about.
  var text: String { all.map(\.text).joined(separator: "\n") }
}

extension Diagnostic {
  fileprivate var text: String {
    var lines: [String] = []
    if let range {
      lines.append(
        "\(range.file):\(range.start.line):\(range.start.column): \(severity.rawValue): \(summary)")
      if let sourceLine {
        let isOneLine = range.end.line == range.start.line
        let width = isOneLine ? max(1, range.end.column - range.start.column) : 1
        lines.append("  | " + sourceLine)
        lines.append(
          "  | " + String(repeating: " ", count: range.start.column - 1)
            + String(repeating: "^", count: width))
      }
    } else {
      lines.append("\(severity.rawValue): \(summary)")
    }
    if !detail.isEmpty { lines.append("  " + detail) }
    if let hint { lines.append("  hint: " + hint) }
    return lines.joined(separator: "\n") + "\n"
  }
}
