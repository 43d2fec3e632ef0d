public import ArgumentParser
public import Rendering

extension OutputFormat: ExpressibleByArgument {}

extension ArgumentHelp {
  /// What `--select` takes.
  static let select = ArgumentHelp(
    """
    Only resources whose address matches this pattern: * stands for any text, ? for one character, \
    and \\ before one of *, ? and \\ takes it as it is. May be given repeatedly.
    """)
}

/// The options that every command takes.
struct CommonOptions: ParsableArguments {
  @Option(name: .customLong("env"), help: "The environment; may be left out where there is one.")
  var environment: String?

  @Option(name: .customLong("dir"), help: "The directory that holds weir.yaml.")
  var directory = "."

  @Option(
    name: .customLong("ref"),
    help: "Read the policy from this commit, branch or tag instead of the working tree.")
  var reference: String?

  @Option(help: "How results are written: text, json, markdown or html.")
  var format = OutputFormat.text

  @Flag(help: "Write no colours; so does the NO_COLOR variable.")
  var noColor = false

  @Flag(help: "Write results and errors only.")
  var quiet = false

  @Flag(help: "Also tell each request to AWS, and how many there were.")
  var verbose = false

  @Option(
    help: ArgumentHelp("End every request to AWS so long after the start.", valueName: "seconds"))
  var timeout: Double?

  func validate() throws {
    guard let timeout, !(timeout > 0 && timeout < 1e9) else { return }
    throw ValidationError("--timeout takes a number of seconds above 0.")
  }
}
