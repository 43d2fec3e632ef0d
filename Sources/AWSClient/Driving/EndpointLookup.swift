/// Looks up where a service is, with settings as the AWS CLI takes them.
package struct EndpointLookup {
  /// Where the service is.
  package let url: String
  /// The region in signatures.
  package let signingRegion: String
  /// The service's name in signatures.
  package let signingName: String

  /// The endpoint of a service, by botocore's name for it, in a region.
  ///
  /// - Throws: `WireFault` where there is none, or the settings make no sense.
  package init(
    service: String, region: String, usesFIPS: Bool?, usesDualStack: Bool?,
    environment: [String: String]
  ) throws(WireFault) {
    let endpoint: Endpoint
    do {
      var settings = try AWSConfiguration.load(environment: environment, region: region).endpoints
      if let usesFIPS { settings.usesFIPS = usesFIPS }
      if let usesDualStack { settings.usesDualStack = usesDualStack }
      endpoint = try EndpointResolver.resolve(
        service: service, region: region, settings: settings)
    } catch let error as AWSError {
      throw WireFault(message: error.message)
    } catch let fault as EndpointFault {
      throw WireFault(message: fault.message)
    } catch {
      throw WireFault(message: "\(type(of: error))")
    }
    url = "\(endpoint.scheme)://\(endpoint.host)\(endpoint.basePath)"
    signingRegion = endpoint.signingRegion
    signingName = endpoint.signingName
  }
}
