internal import Foundation

/// What one run of `git` printed, and how it ended.
struct GitOutput: Sendable {
  /// How a process ended.
  enum Status: Sendable, Hashable, CustomStringConvertible {
    case exited(Int)
    case signal(Int)

    var description: String {
      switch self {
      case .exited(let code): "status \(code)"
      case .signal(let number): "signal \(number)"
      }
    }
  }

  let status: Status
  let standardOutput: String
  let standardError: String

  /// Whether `git` did what was asked.
  var isSuccess: Bool { status == .exited(0) }

  /// What went wrong in one line, fit to be shown: the server's words first, no credentials, no control
  /// characters, no advice of Git's own.
  var complaint: String {
    let lines = standardError.split { $0.isNewline || $0 == "\r" }.map(Self.cleaned)
    let remote = lines.filter { $0.hasPrefix("remote:") }.map {
      $0.dropFirst("remote:".count).trimmingCharacters(in: .whitespaces)
    }
    let local = lines.filter { line in
      !line.hasPrefix("remote:") && !Self.noise.contains { line.hasPrefix($0) }
    }.map { line in
      for prefix in ["fatal: ", "error: "] where line.hasPrefix(prefix) {
        return String(line.dropFirst(prefix.count))
      }
      return line
    }
    let text = (remote + local).filter { !$0.isEmpty }.joined(separator: "; ")
    return text.count > 2000 ? text.prefix(2000) + "..." : text
  }

  /// A line fit to be shown.
  static func cleaned(_ line: some StringProtocol) -> String {
    let visible = line.unicodeScalars.filter { $0.properties.generalCategory != .control }
    return hidingCredentials(in: String(String.UnicodeScalarView(visible)))
      .trimmingCharacters(in: .whitespaces)
  }

  /// How lines begin that say nothing about the cause.
  private static let noise = [
    "To ", "From ", "hint:", "error: failed to push some refs", "Everything up-to-date",
    "Please make sure you have the correct access rights", "and the repository exists.",
    "fatal: the remote end hung up", "* [", "! [", "Done",
  ]
}

/// A text without the user, password and query of any URL in it: tokens stand there. A `user:password@`
/// goes even without a scheme, as Git writes it for hosts that it cannot find.
func hidingCredentials(in text: String) -> String {
  text.replacing(/:\/\/[^\/\s'"]*@/, with: "://")
    .replacing(/[^\s'"\/@:]+:[^\s'"\/@:]+@/, with: "")
    .replacing(/(:\/\/[^\s'"?]*)\?[^\s'"]*/) { String($0.1) }
}
