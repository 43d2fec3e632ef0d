internal import CurlTransport
internal import Foundation
internal import Model

/// Credentials of the role of the EC2 instance that the program runs on, by its metadata service.
///
/// Version 2 of the service: a token first. Version 1 answers whatever a program can be tricked
/// into asking, so it is asked only where `AWS_EC2_METADATA_V1_DISABLED` is `false`.
struct InstanceCredentials: CredentialProvider {
  let settings: InstanceSettings

  var name: String { "instance metadata" }

  func lookUp(_ context: CredentialContext) async throws -> CredentialLookup {
    if settings.isDisabled { return .absent("AWS_EC2_METADATA_DISABLED is true") }
    let base = try settings.base()
    let service = MetadataService(
      name: "imds", base: base, timeout: settings.timeout, attempts: settings.attempts,
      context: context)
    do {
      let headers: [HTTPHeader]
      switch try await token(service) {
      case .token(let token):
        headers = [HTTPHeader(name: "X-aws-ec2-metadata-token", value: token)]
      case .versionOne: headers = []
      case .none(let reason): return .absent(reason)
      }
      return try await credentials(service, headers)
    } catch let error as TransportError {
      throw fault("\(base): \(error.briefly)")
    }
  }

  /// What the service says to a request for a token.
  private enum TokenAnswer {
    case token(String)
    /// It knows no tokens, and may be asked without.
    case versionOne
    /// There is no service, and why.
    case none(String)
  }

  private func token(_ service: MetadataService) async throws -> TokenAnswer {
    let response: HTTPResponse
    do {
      response = try await service.send(
        "GetToken", "/latest/api/token", method: "PUT",
        headers: [HTTPHeader(name: "X-aws-ec2-metadata-token-ttl-seconds", value: "21600")])
    } catch let error as TransportError {
      if case .timedOut(let phase) = error.code, phase != .connect {
        return .none(
          "\(service.base) sent no token within \(settings.timeout.components.seconds) s; in a "
            + "container of an instance its hop limit must be at least 2 (aws ec2 "
            + "modify-instance-metadata-options --http-put-response-hop-limit 2)")
      }
      return .none("\(service.base) is not there (\(error.briefly))")
    }
    switch response.status {
    case 200:
      let token = String(decoding: response.body, as: UTF8.self)
        .trimmingCharacters(in: .whitespacesAndNewlines)
      guard (1...2048).contains(token.utf8.count),
        token.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
      else { throw fault("\(service.base) gives no token that can be used") }
      return .token(token)
    case 403, 404, 405:
      if settings.allowsVersionOne { return .versionOne }
      return .none(
        "\(service.base) gives no token (status \(response.status)); where it knows only version "
          + "1, set AWS_EC2_METADATA_V1_DISABLED=false")
    default: throw fault("\(service.base) gives no token (status \(response.status))")
    }
  }

  private func credentials(
    _ service: MetadataService, _ headers: [HTTPHeader]
  ) async throws -> CredentialLookup {
    let path = "/latest/meta-data/iam/security-credentials/"
    let roles = try await service.send("GetRoleName", path, headers: headers)
    if roles.status == 404 { return .absent("the instance has no role") }
    guard roles.status == 200 else {
      throw fault("the role's name: status \(roles.status)")
    }
    let role = String(decoding: roles.body, as: UTF8.self).split(whereSeparator: \.isNewline).first
    guard let role, role.wholeMatch(of: /[A-Za-z0-9+=,.@_\-]{1,128}/) != nil else {
      throw fault("what it gives is no role's name")
    }
    let response = try await service.send("GetCredentials", path + role, headers: headers)
    guard response.status == 200 else {
      throw fault("the credentials of role \(role): status \(response.status)")
    }
    let document = try CredentialDocument(response.body, from: name)
    if let code = document["Code"]?.string, code != "Success" {
      let isCode = code.wholeMatch(of: /[A-Za-z]{1,64}/) != nil
      throw fault("the instance cannot have role \(role)\(isCode ? " (\(code))" : "")")
    }
    return .found(try document.credentials(token: "Token").outlivingExpiration())
  }

  private func fault(_ message: String) -> CredentialFault {
    CredentialFault(provider: name, message: message)
  }
}
