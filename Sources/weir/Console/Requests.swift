internal import AWSClient
internal import Foundation

/// A call to AWS as `--verbose` tells it.
func traceLine(_ call: CallTrace) -> String {
  let tries = call.tries == 1 ? "" : ", \(call.tries) tries"
  let outcome = call.errorCode ?? call.status.map(String.init) ?? "no answer"
  return "aws: \(call.service) \(call.operation) \(outcome) in \(milliseconds(call.seconds))\(tries)"
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
