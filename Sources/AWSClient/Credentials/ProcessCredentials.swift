internal import Foundation
internal import Model

/// Credentials that a program prints: the `credential_process` of a profile.
///
/// The command is run without a shell. Of it only the program's name is ever shown, for arguments
/// may be secret; what it writes to its error output is not shown at all.
struct ProcessCredentials: CredentialProvider {
  /// How long a program may take; some ask the user.
  static let timeout: Duration = .seconds(60)

  private let profile: String
  private let command: String
  private let machine: LocalMachine

  /// The program of a profile.
  init(profile: String, command: String, machine: LocalMachine) {
    self.profile = profile
    self.command = command
    self.machine = machine
  }

  var name: String { "credential_process of profile \"\(profile)\"" }

  func lookUp(_ context: CredentialContext) async throws -> CredentialLookup {
    guard let words = CommandWords.split(command), let program = words.first else {
      throw fault("it is empty, or a quote in it does not end")
    }
    let shown = (program as NSString).lastPathComponent
    let outcome: ProgramRun.Outcome
    do {
      outcome = try await machine.run(
        ProgramRun(
          program: program, arguments: Array(words.dropFirst()),
          environment: machine.environment, timeout: Self.timeout))
    } catch let failure as ProgramRun.Failure {
      throw fault(explanation(of: failure, shown))
    }
    switch outcome.end {
    case .status(0): break
    case .status(let status):
      throw fault(
        "\"\(shown)\" ended with status \(status). What it says is not shown, for it may be "
          + "secret: run the command yourself to see it")
    case .signal(let signal): throw fault("\"\(shown)\" was ended by signal \(signal)")
    }
    let document = try CredentialDocument(outcome.output, from: name)
    guard document["Version"]?.int == 1 else {
      throw fault("what it gives is not of Version 1")
    }
    return .found(try document.credentials(token: "SessionToken"))
  }

  private func explanation(of failure: ProgramRun.Failure, _ program: String) -> String {
    switch failure {
    case .notStarted(let code):
      "\"\(program)\" cannot be run: \(unsafe String(cString: strerror(code)))"
    case .timedOut: "\"\(program)\" did not end within \(Self.timeout.components.seconds) s"
    case .tooMuchOutput: "\"\(program)\" prints too much"
    }
  }

  private func fault(_ message: String) -> CredentialFault {
    CredentialFault(provider: name, message: message)
  }
}
