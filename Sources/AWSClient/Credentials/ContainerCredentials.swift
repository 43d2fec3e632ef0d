internal import CurlTransport
internal import Foundation

/// Credentials of the container that the program runs in: ECS, EKS Pod Identity, Greengrass.
struct ContainerCredentials: CredentialProvider {
  let machine: LocalMachine

  var name: String { "container" }

  func lookUp(_ context: CredentialContext) async throws -> CredentialLookup {
    guard let url = try url() else {
      return .absent(
        "neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor "
          + "AWS_CONTAINER_CREDENTIALS_FULL_URI is set")
    }
    let service = MetadataService(
      name: "container", base: url, timeout: .seconds(2), attempts: 3, context: context)
    let response: HTTPResponse
    do {
      response = try await service.send("GetCredentials", "", headers: headers())
    } catch let error as TransportError {
      throw fault("its service cannot be reached: \(error.briefly)")
    }
    guard response.status == 200 else {
      throw fault("its service answers with status \(response.status)")
    }
    let document = try CredentialDocument(response.body, from: name)
    return .found(try document.credentials(token: "Token"))
  }

  /// Where the credentials are; nil where no variable says so.
  private func url() throws(CredentialFault) -> String? {
    if let path = machine.environment.nonEmpty("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") {
      // Without the slash a path could make another host of the one before it.
      guard path.hasPrefix("/"), path.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
        throw fault("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is no path")
      }
      return "http://169.254.170.2\(path)"
    }
    guard let url = machine.environment.nonEmpty("AWS_CONTAINER_CREDENTIALS_FULL_URI") else {
      return nil
    }
    guard let place = ServicePlace(url) else {
      throw fault("AWS_CONTAINER_CREDENTIALS_FULL_URI is no http or https URL")
    }
    guard place.isSecure || place.isNear else {
      throw fault(
        "AWS_CONTAINER_CREDENTIALS_FULL_URI leads without TLS to a host that is neither this "
          + "machine nor the container's service")
    }
    return url
  }

  private func headers() throws -> [HTTPHeader] {
    var headers = [HTTPHeader(name: "Accept", value: "application/json")]
    if let token = try token() { headers.append(HTTPHeader(name: "Authorization", value: token)) }
    return headers
  }

  /// What proves to the service who is asking; a file is read anew each time.
  private func token() throws -> String? {
    if let file = machine.environment.nonEmpty("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") {
      return try machine.secret(inFile: file, for: name)
    }
    guard let token = machine.environment.nonEmpty("AWS_CONTAINER_AUTHORIZATION_TOKEN") else {
      return nil
    }
    guard token.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
      throw fault("AWS_CONTAINER_AUTHORIZATION_TOKEN holds a line end or the like")
    }
    return token
  }

  private func fault(_ message: String) -> CredentialFault {
    CredentialFault(provider: name, message: message)
  }
}
