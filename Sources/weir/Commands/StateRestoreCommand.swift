internal import ArgumentParser
internal import Foundation
internal import GitStorage
internal import Model
internal import Rendering

/// `weir state restore`: brings back a state from a document.
struct StateRestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Bring back the state branch, where it was lost or is damaged, from a document.",
    discussion: """
      For a branch that is gone here and at the Git remote, or that `weir state verify` finds \
      damaged. A branch that another clone still has is no such case: push it from there. To take \
      back what was applied, use `weir rollback`: this changes what Weir knows, and nothing in AWS.

      The state is written as a commit of its own with the next serial, on top of what is there or \
      as the first of a new branch; nothing is ever forced or removed from the history. Everything \
      is checked before anything is written. Afterwards `weir plan` shows what AWS really holds.
      """)

  @OptionGroup var options: CommonOptions

  @Argument(help: "A document that `weir state export` wrote.", completion: .file())
  var file: String?

  @Flag(help: "Take the document from the backup of Project.state.backup.")
  var fromBackup = false

  @Option(help: "The serial to take from the backup; the last one unless it is given.")
  var serial: Int?

  @Flag(help: "Restore without asking; needed where nobody can answer.")
  var autoApprove = false

  func validate() throws {
    if fromBackup == (file != nil) {
      throw ValidationError("Give either a file or --from-backup.")
    }
    if serial != nil, !fromBackup { throw ValidationError("--serial belongs to --from-backup.") }
  }

  func run() async throws {
    try await CommandContext(options).run { context in
      let workspace = try context.workspace()
      let choice = try await EnvironmentChoice(in: workspace, command: context, isReading: false)
      let backup = fromBackup ? try await choice.backup(context) : nil
      let used = try await backup?.serials() ?? []
      let export = try await document(backup, used)
      let restoration = try await choice.store.restoration(
        of: export, to: choice.environment, after: used.last, at: context.now())
      context.console.note(text(of: restoration, export, branch: choice.store.branch))
      try approve(restoration, context)
      let lock = try EnvironmentLock(
        gitDirectory: workspace.repository.gitDirectory, environment: choice.environment.name)
      let version = try await choice.store.restore(
        restoration, actor: await context.actor(in: workspace))
      _ = consume lock
      context.console.write(
        "Restored \(choice.store.branch) to serial \(restoration.source), as serial "
          + "\(restoration.state.serial) at \(version.prefix(7)). Run `weir plan` to see what AWS "
          + "holds.")
      if let backup { await backUp(backup, choice.store, console: context.console) }
      return .done
    }
  }

  private func document(_ backup: StateBackup?, _ used: [Int]) async throws -> StateExport {
    guard let backup else {
      guard let file, let data = try? Data(contentsOf: URL(fileURLWithPath: file)) else {
        throw Refusal(
          .failed, "the document cannot be read", detail: "\(file ?? "") cannot be read.")
      }
      return try StateExport(reading: data)
    }
    guard let wanted = serial ?? used.last, let export = try await backup.export(wanted) else {
      let range = used.first.flatMap { first in used.last.map { "\(first) to \($0)" } }
      throw Refusal(
        .failed, "nothing to restore from",
        detail: serial.map { "\(backup.place) has no serial \($0)." }
          ?? "\(backup.place) holds no state.",
        hint: range.map { "It holds serials from \($0)." })
    }
    return export
  }

  private func text(
    of restoration: StateBranch.Restoration, _ export: StateExport, branch: String
  ) -> String {
    var lines = [
      "Restore \(branch) from serial \(restoration.source): "
        + "\(restoration.state.resources.count) resources, recorded by \(export.actor) at "
        + "\(export.time.formatted(.iso8601))."
    ]
    if let damage = restoration.damage {
      lines.append("What is there cannot be read: \(facts(of: damage).detail)")
    } else if let last = restoration.replaced {
      lines.append(
        "What is there can be read, and stands at serial \(last): what was recorded after serial "
          + "\(restoration.source) is left to the history.")
    } else {
      lines.append("There is no such branch: it is made anew, without the history before.")
    }
    lines.append("It becomes serial \(restoration.state.serial). Nothing in AWS is changed.")
    return lines.joined(separator: "\n")
  }

  private func approve(_ restoration: StateBranch.Restoration, _ context: CommandContext) throws {
    if autoApprove { return }
    guard context.console.isInputTerminal else {
      throw Refusal(
        .failed, "nobody can approve",
        detail: "There is no terminal to ask on, so nothing was restored.",
        hint: "Give --auto-approve where this is what you want.")
    }
    let name = restoration.state.environment.name
    guard context.console.confirm("Restore the state of \(name)?") else {
      throw Refusal(.failed, "not approved", detail: "Nothing was restored.")
    }
  }
}
