/// A device that shows codes, and the way to ask the user for one.
struct MFADevice: Sendable {
  /// The device's serial number or ARN.
  let serial: String
  /// Asks for the code; nil where there is nobody to ask.
  let prompt: MFAPrompt?

  /// The code that the device shows now; codes are six digits, and errors never show one.
  ///
  /// - Throws: `CredentialFault`, or what the prompt throws.
  func code(for provider: String) async throws -> String {
    guard let prompt else {
      throw CredentialFault(
        provider: provider,
        message: "it wants a code of the MFA device \(serial), and there is no terminal to ask on. "
          + "Run Weir in a terminal, or give it credentials that need no code: a role of the job "
          + "in CI, or the variables that \"aws configure export-credentials --format env\" prints")
    }
    let code = try await prompt(serial).filter { !$0.isWhitespace }
    guard code.utf8.count == 6, code.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw CredentialFault(
        provider: provider,
        message: "a code of the MFA device \(serial) is six digits, and what was typed is not")
    }
    return code
  }
}
