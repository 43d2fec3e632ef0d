internal import Foundation
internal import Model

/// The token of a sign-in: read from the AWS tools' cache, renewed there shortly before it ends.
struct SSOTokenStore {
  /// A token is renewed this long before it ends.
  static let window: TimeInterval = 900

  let session: SSOSession
  /// The provider and what the user does to sign in, for messages.
  let provider: String
  let remedy: String
  let machine: LocalMachine

  /// A token that is good for now.
  ///
  /// - Throws: `CredentialFault` where the user has to sign in.
  func token(_ context: CredentialContext) async throws -> SSOToken {
    let path = try tokenFile()
    guard let kept = try read(path) else {
      throw fault("nobody has signed in yet")
    }
    let now = context.configuration.now()
    // The tools renew only what an sso-session names.
    let isDue = kept.expiration.timeIntervalSince(now) < Self.window && session.name != nil
    guard isDue, let renewal = kept.renewal, renewal.registrationEnd > now else {
      return try unlessEnded(kept, now)
    }
    do {
      let renewed = try await renew(kept, renewal, context)
      // A cache that cannot be written costs the next command a renewal, but not this one its work.
      try? machine.writeFile(renewed.fileContent, path)
      return renewed
    } catch let error as AWSError {
      // Another process may have been faster: a refresh token can be used once.
      if let other = try read(path), other.accessToken != kept.accessToken {
        return try unlessEnded(other, now)
      }
      guard kept.expiration <= now else { return kept }
      throw fault("the sign-in has ended and could not be renewed (\(error.code))")
    }
  }

  /// What to tell a user who has to sign in.
  func fault(_ reason: String) -> CredentialFault {
    CredentialFault(provider: provider, message: "\(reason). Run \"\(remedy)\"")
  }

  private func unlessEnded(_ token: SSOToken, _ now: Date) throws -> SSOToken {
    guard token.expiration > now else { throw fault("the sign-in has ended") }
    return token
  }

  private func tokenFile() throws -> String {
    guard let home = machine.environment.nonEmpty("HOME") else {
      throw CredentialFault(provider: provider, message: "HOME is not set, so no token is found")
    }
    return session.tokenFile(home: home)
  }

  private func read(_ path: String) throws -> SSOToken? {
    let text: String?
    do {
      text = try machine.readFile(path)
    } catch {
      throw fault("\(path) cannot be read")
    }
    guard let text else { return nil }
    guard let token = SSOToken(text) else { throw fault("\(path) holds no token") }
    return token
  }

  private func renew(
    _ token: SSOToken, _ renewal: SSOToken.Renewal, _ context: CredentialContext
  ) async throws -> SSOToken {
    let call = UnsignedCall(
      service: "sso-oidc", operation: "CreateToken",
      input: [
        "clientId": .string(renewal.clientID),
        "clientSecret": .sensitive(.clear(renewal.clientSecret)), "grantType": "refresh_token",
        "refreshToken": .sensitive(.clear(renewal.refreshToken)),
      ],
      secrets: [renewal.clientSecret, renewal.refreshToken, token.accessToken])
    let output = try await call.output(region: session.region, context)
    guard let accessToken = output["accessToken"]?.clearText,
      let lifetime = output["expiresIn"]?.int, lifetime > 0
    else {
      throw AWSError(
        service: "sso-oidc", operation: "CreateToken", code: "GarbledResponse",
        message: "the response holds no token", kind: .garbledResponse)
    }
    return token.replaced(
      accessToken: accessToken, refreshToken: output["refreshToken"]?.clearText,
      expiration: context.configuration.now().addingTimeInterval(Double(lifetime)))
  }
}
