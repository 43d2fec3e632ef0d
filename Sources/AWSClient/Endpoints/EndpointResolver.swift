internal import Foundation

/// Finds a service's endpoint from its description, the region and the settings.
enum EndpointResolver {
  /// The endpoint of a service in a region.
  static func resolve(
    _ metadata: APIDescription.Metadata, region: String, settings: EndpointSettings
  ) throws(EndpointFault) -> Endpoint {
    guard isRegion(region) else {
      throw EndpointFault(message: "\"\(region)\" is no AWS region")
    }
    let partition = Partition.of(region: region)
    let global = partition.globalHost(metadata.endpointPrefix)
    let signingRegion = global?.region ?? region
    if let url = settings.url(for: metadata.serviceID) {
      return try configured(url, region: signingRegion, name: metadata.signingName)
    }
    let prefix = metadata.endpointPrefix + (settings.usesFIPS ? "-fips" : "")
    let suffix = settings.usesDualStack ? partition.dualStackSuffix : partition.dnsSuffix
    let isPlain = !settings.usesFIPS && !settings.usesDualStack
    let host = isPlain ? global?.host : nil
    return Endpoint(
      scheme: "https", host: host ?? "\(prefix).\(region).\(suffix)", basePath: "",
      signingRegion: signingRegion, signingName: metadata.signingName, isConfigured: false)
  }

  /// Whether a text can be a region's name; anything else could name another host.
  private static func isRegion(_ text: String) -> Bool {
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "-"):
        true
      default: false
      }
    }
    return isPlain && !text.isEmpty && !text.hasPrefix("-") && !text.hasSuffix("-")
  }

  private static func configured(
    _ url: String, region: String, name: String
  ) throws(EndpointFault) -> Endpoint {
    guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(),
      scheme == "http" || scheme == "https", let host = parts.percentEncodedHost, !host.isEmpty,
      parts.user == nil, parts.query == nil, parts.fragment == nil
    else { throw EndpointFault(message: "an endpoint must be a plain http or https URL") }
    let isDefaultPort = parts.port == (scheme == "http" ? 80 : 443)
    let port = parts.port.flatMap { isDefaultPort ? nil : ":\($0)" } ?? ""
    var path = parts.percentEncodedPath
    while path.hasSuffix("/") { path.removeLast() }
    return Endpoint(
      scheme: scheme, host: host + port, basePath: path, signingRegion: region, signingName: name,
      isConfigured: true)
  }
}
