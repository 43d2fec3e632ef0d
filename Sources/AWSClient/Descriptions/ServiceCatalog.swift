/// The services that a client can call; each description is parsed when it is first asked for.
final class ServiceCatalog: Sendable {
  private let parsed = Locked<[String: APIDescription]>([:])

  /// The description of a service by botocore's name for it, or nil where none is built in.
  func description(of service: String) -> APIDescription? {
    if let known = parsed.withLock({ $0[service] }) { return known }
    guard let text = ServiceModels.text(of: service) else { return nil }
    do {
      let description = try APIDescription(text: text.utf8)
      parsed.withLock { $0[service] = description }
      return description
    } catch {
      preconditionFailure("the built-in description of \(service) is broken: \(error.message)")
    }
  }
}
