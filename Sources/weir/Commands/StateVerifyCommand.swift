internal import ArgumentParser
internal import GitStorage
internal import Manifests
internal import Model
internal import Rendering

/// `weir state verify`: whether the whole state branch is as Weir wrote it.
struct StateVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check every commit of the state branch, and tell all that is wrong at once.",
    discussion: """
      Checked are the trailers and the tree of every commit, that serials follow each other, that \
      every state can be read, belongs to one line of states and agrees with the report of its \
      apply, and that the Git remote has the same branch. Nothing is changed, neither here nor \
      there. The exit code is 1 where something is wrong.
      """)

  @OptionGroup var options: CommonOptions

  @Flag(help: "Also ask S3 whether the backup has every serial, and the last one as it is here.")
  var backup = false

  func run() async throws {
    try await CommandContext(options).run { context in
      let workspace = try context.workspace()
      let choice = try await EnvironmentChoice(
        in: workspace, command: context, isReading: true, isSynchronized: false)
      var result = try await choice.store.verify()
      if backup {
        let copies = try await choice.backup(context)
        let there = try await copies.serials()
        result.backedUp = there
        result.problems += try await problems(of: copies, there, choice.store, result.serials)
      }
      context.console.write(
        try render(
          verification: result, environment: choice.environment, format: options.format,
          style: context.console.outputStyle))
      return result.problems.isEmpty ? .done : .failed
    }
  }

  private func problems(
    of copies: StateBackup, _ there: [Int], _ store: StateBranch, _ serials: [Int]
  ) async throws -> [StateVerification.Problem] {
    if let last = there.last, serials.isEmpty {
      return [
        .init(
          at: copies.place, "it holds serials up to \(last), and there is no such branch",
          remedy: .restore)
      ]
    }
    let missing = serials.filter { !there.contains($0) }
    var problems: [StateVerification.Problem] = []
    if !missing.isEmpty {
      problems.append(
        .init(
          at: copies.place, "it lacks serial \(missing.map(String.init).joined(separator: ", "))",
          remedy: .backup))
    }
    guard let last = serials.last, there.contains(last) else { return problems }
    do {
      // Where the branch cannot be exported that has been told.
      guard let ours = try? await store.export() else { return problems }
      if try await copies.export(last)?.digest != ours.digest {
        problems.append(
          .init(
            at: copies.place, "its serial \(last) is not the one of the branch", remedy: .compare))
      }
    } catch let error as StateExportError {
      problems.append(
        .init(
          at: copies.place, "its serial \(last) cannot be read: \(facts(of: error).detail)",
          remedy: .compare))
    }
    return problems
  }
}

extension EnvironmentChoice {
  /// The backup of the environment's state, as the project says.
  ///
  /// - Throws: `Refusal` where it says nothing of one; `AWSError`.
  func backup(_ context: CommandContext) async throws -> StateBackup {
    guard let settings = project?.backup else {
      throw Refusal(
        .failed, "no backup is set up",
        detail: policy == nil
          ? "weir.yaml cannot be read here, or has errors." : "weir.yaml has no `state.backup`.",
        hint: "Name a bucket under `spec.state.backup.bucket`.")
    }
    let aws = try AWSSession(
      environment, role: role, command: context)
    try await aws.checkAccount()
    return StateBackup(client: aws.client, settings: settings, environment: environment.name)
  }
}
