internal import Model

/// Which of these endpoint configurations are not there: without its configuration no endpoint is made.
///
/// - Throws: what `client` throws.
public func missingEndpointConfigurations(of names: Set<String>, _ client: any AWSCaller)
  async throws -> Set<String>
{
  names.subtracting(try await EndpointInstances(client: client).read(names).keys)
}
