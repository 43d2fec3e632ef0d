internal import Foundation
internal import Glibc
internal import Rendering

/// Where a command reads and writes: results to standard output, all else to standard error.
struct Console: Sendable {
  let outputStyle: TextStyle
  let errorStyle: TextStyle
  let isQuiet: Bool
  let isVerbose: Bool
  /// Whether a person sees standard error as it is written.
  let isErrorTerminal: Bool
  /// Whether a person can answer.
  let isInputTerminal: Bool

  init(_ options: CommonOptions, environment: [String: String]) {
    let isPlain =
      options.noColor || environment["NO_COLOR"].map { !$0.isEmpty } == true
      || environment["TERM"] == "dumb"
    let isOutputTerminal = isatty(STDOUT_FILENO) == 1
    isErrorTerminal = isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
    isInputTerminal = isatty(STDIN_FILENO) == 1
    let columns = environment["COLUMNS"].flatMap { Int($0) } ?? Self.terminalWidth() ?? 100
    outputStyle = TextStyle(colour: isOutputTerminal && !isPlain, width: max(60, columns))
    errorStyle = TextStyle(colour: isErrorTerminal && !isPlain, width: max(60, columns))
    isQuiet = options.quiet
    isVerbose = options.verbose
  }

  /// Writes a result.
  func write(_ text: String) {
    FileHandle.standardOutput.write(Data((text.hasSuffix("\n") ? text : text + "\n").utf8))
  }

  /// Writes what is no result, whatever is wished.
  func tell(_ text: String) {
    FileHandle.standardError.write(Data((text.hasSuffix("\n") ? text : text + "\n").utf8))
  }

  /// Writes what is no result, unless quiet is wished.
  func note(_ text: String) {
    if !isQuiet { tell(text) }
  }

  /// Writes pieces of a live line as they are.
  func draw(_ text: String) {
    if !isQuiet { FileHandle.standardError.write(Data(text.utf8)) }
  }

  /// Asks a question that only `yes` answers with consent.
  func confirm(_ question: String) -> Bool {
    FileHandle.standardError.write(Data("\(question) Only 'yes' goes on: ".utf8))
    return readLine()?.trimmingCharacters(in: .whitespaces) == "yes"
  }

  private static func terminalWidth() -> Int? {
    var size = winsize()
    guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return nil
    }
    return Int(size.ws_col)
  }
}
