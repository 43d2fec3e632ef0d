internal import AWSClient
internal import Foundation

/// A call to AWS as `--verbose` tells it: nothing of what was sent or received.
func traceLine(_ call: CallTrace) -> String {
  // A code is what a server says: nothing of it moves the cursor or begins a line.
  let code = call.errorCode.map { code in
    String(code.unicodeScalars.map { (0x21...0x7E).contains($0.value) ? Character($0) : "?" })
  }
  let outcome = [call.status.map(String.init), code].compactMap { $0 }
  var line = "aws: \(call.service) \(call.operation) \(outcome.joined(separator: " "))"
  line += " in \(milliseconds(call.seconds))"
  if call.tries != 1 { line += ", \(call.tries) tries" }
  if call.isElsewhere { line += ", \(call.region)" }
  // Less is the time that the line itself takes.
  if call.waited >= 0.01 { line += ", \(milliseconds(call.waited)) of it in line" }
  return line
}

/// Tells how many requests a command sent to AWS, where that is wished.
func tellRequests(_ aws: AWSSession, console: Console) {
  guard console.isVerbose else { return }
  let statistics = aws.client.statistics
  var rows = [["operation", "requests", "tries", "throttled", "bytes", "time"]]
  for (key, figures) in statistics.byOperation.sorted(by: { $0.key < $1.key }) {
    rows.append(row("\(key.service) \(key.operation)", figures))
  }
  rows.append(row("total", statistics.total))
  let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
  for row in rows {
    let cells = row.indices.map { column in
      let space = String(repeating: " ", count: widths[column] - row[column].count)
      return column == 0 ? row[column] + space : space + row[column]
    }
    console.tell(cells.joined(separator: "  "))
  }
}

private func row(_ name: String, _ figures: RequestStatistics.Figures) -> [String] {
  [
    name, String(figures.calls), String(figures.tries), String(figures.throttles),
    String(figures.bytes), milliseconds(figures.seconds),
  ]
}

private func milliseconds(_ seconds: Double) -> String { "\(Int((seconds * 1000).rounded())) ms" }
