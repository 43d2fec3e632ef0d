internal import Foundation

/// Asks the user for the code that an MFA device shows now; gets the device's serial number or ARN.
public typealias MFAPrompt = @Sendable (_ serial: String) async throws -> String

/// What providers use of the machine they run on: variables, files, programs, the user before it.
struct LocalMachine: Sendable {
  /// The variables; nothing is read from the process.
  let environment: [String: String]
  /// The text of a file, or nil where there is none.
  let readFile: @Sendable (String) throws -> String?
  /// Writes a file that only its owner may read, whole or not at all.
  var writeFile: @Sendable (_ data: Data, _ path: String) throws -> Void = { data, path in
    try PrivateFile.write(data, to: path)
  }
  /// Runs a program, and gives its status and what it printed.
  var run: @Sendable (ProgramRun) async throws -> ProgramRun.Outcome = { try await $0.outcome() }
  /// Asks for MFA codes; nil where there is nobody to ask.
  var askMFA: MFAPrompt?

  /// The path, with the user's home for a `~` at its beginning.
  func path(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = environment.nonEmpty("HOME") else { return path }
    return home + path.dropFirst(1)
  }

  /// The secret that a file holds, without space around it.
  ///
  /// - Throws: `CredentialFault`, which names the file, never its content.
  func secret(inFile path: String, for provider: String) throws(CredentialFault) -> String {
    let text: String?
    do {
      text = try readFile(self.path(path))
    } catch {
      throw CredentialFault(provider: provider, message: "\(path) cannot be read")
    }
    guard let text else {
      throw CredentialFault(provider: provider, message: "\(path) is not there")
    }
    let secret = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !secret.isEmpty, secret.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
      throw CredentialFault(
        provider: provider, message: "\(path) is empty, or holds more than one line of plain text")
    }
    return secret
  }
}
