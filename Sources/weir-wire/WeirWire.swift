internal import Foundation

/// Lets anyone test the wire layer from outside: one JSON object a line in, one a line out.
///
/// What a line may ask for stands in `Exchange`. A line that cannot be answered, such as an empty one,
/// is answered with `{"exception": text}`, and the process goes on.
@main struct WeirWire {
  /// Answers the lines of standard input until it ends.
  static func main() throws {
    while let line = readLine(strippingNewline: true) {
      try FileHandle.standardOutput.write(contentsOf: Exchange.answer(line) + Data("\n".utf8))
    }
  }
}
