/// The services that a client can call: what they are and where.
///
/// Each description is parsed when it is first asked for, each endpoint found once.
final class ServiceCatalog: Sendable {
  /// What an endpoint depends on.
  private struct Site: Hashable {
    let service: String
    let region: String
    let settings: EndpointSettings
  }

  private let parsed = Locked<[String: APIDescription]>([:])
  private let endpoints = Locked<[Site: Endpoint]>([:])

  /// Where a service is in a region.
  func endpoint(
    of service: String, _ metadata: APIDescription.Metadata, region: String,
    settings: EndpointSettings
  ) throws(EndpointFault) -> Endpoint {
    let site = Site(service: service, region: region, settings: settings)
    if let known = endpoints.withLock({ $0[site] }) { return known }
    let endpoint = try EndpointResolver.resolve(
      service: service,
      names: EndpointResolver.Names(
        prefix: metadata.endpointPrefix, serviceID: metadata.serviceID,
        signingName: metadata.signingName),
      region: region, settings: settings)
    endpoints.withLock { $0[site] = endpoint }
    return endpoint
  }

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
