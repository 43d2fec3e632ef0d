internal import ArgumentParser
internal import Foundation
internal import GitStorage
internal import Model
internal import Rendering

/// `weir state export`: the state after an apply as one document.
struct StateExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the state after an apply as one document that it can be restored from.",
    discussion: """
      It is always JSON, and a function of the commit: the same serial gives the same bytes. Like \
      the branch it holds no secret in clear text.
      """)

  @OptionGroup var options: CommonOptions

  @Option(help: "The apply; the last one unless it is given.")
  var serial: Int?

  @Option(help: "The file to write to, whole or not at all; else standard output.")
  var out: String?

  func run() async throws {
    try await CommandContext(options).run { context in
      let (environment, store) = try await recordedEnvironment(context)
      guard let export = try await store.export(serial: serial) else {
        throw Refusal(
          .failed, "no such apply",
          detail: serial.map { "\(environment.name) has no apply with serial \($0)." }
            ?? "Nothing has been applied to \(environment.name) yet.",
          hint: "`weir history` lists the applies.")
      }
      let data = try export.encoded()
      guard let out else {
        context.console.write(String(decoding: data, as: UTF8.self))
        return .done
      }
      try writeFile(data, to: out, isPrivate: true, orSay: "the state could not be exported")
      context.console.note("Wrote serial \(export.serial) of \(environment.name) to \(out).")
      return .done
    }
  }
}
