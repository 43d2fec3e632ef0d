internal import ArgumentParser
internal import Manifests

/// Where the program begins.
@main
enum Program {
  static func main() async {
    if let error = misspelling(in: CommandLine.arguments.dropFirst(), of: Weir.self) {
      Weir.exit(withError: error)
    }
    await Weir.main()
  }

  /// What to say of a command that there is not, where its name is near to one that there is.
  private static func misspelling(
    in arguments: ArraySlice<String>, of command: any ParsableCommand.Type
  ) -> ValidationError? {
    guard let name = arguments.first, !name.hasPrefix("-") else { return nil }
    var names: [String] = []
    for known in command.configuration.subcommands {
      let knownName = known.configuration.commandName ?? ""
      if knownName == name { return misspelling(in: arguments.dropFirst(), of: known) }
      names.append(knownName)
    }
    guard let near = nearestName(to: name, among: names) else { return nil }
    return ValidationError("There is no command '\(name)'. Did you mean '\(near)'?")
  }
}
