internal import Model

/// Which of these endpoint configurations are not there: without its configuration no endpoint is made.
///
/// - Throws: what `client` throws.
public func missingEndpointConfigurations(of names: Set<String>, _ client: any AWSCaller)
  async throws -> Set<String>
{
  let missing = try await inParallel(names.sorted()) { name in
    // AWS has no code of its own for one that is not there.
    try await client.call(
      "sagemaker", "DescribeEndpointConfig", ["EndpointConfigName": .string(name)],
      nilIf: "ValidationException") == nil ? name : nil
  }
  return Set(missing.compactMap { $0 })
}
