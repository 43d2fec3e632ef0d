internal import Foundation

/// Finds a service's endpoint from AWS's rules, the region and the settings.
enum EndpointResolver {
  /// The names of a service that an endpoint depends on.
  struct Names {
    /// What its hosts begin with.
    let prefix: String
    /// What settings call it.
    let serviceID: String
    /// What signatures call it.
    let signingName: String
  }

  /// The endpoint of a service, by botocore's name for it, in a region. `names` serve where no rules
  /// of the service are known.
  static func resolve(
    service: String, names: Names? = nil, region: String, settings: EndpointSettings
  ) throws(EndpointFault) -> Endpoint {
    guard isRegion(region) else {
      throw EndpointFault(message: "\"\(region)\" is no AWS region")
    }
    let known = EndpointTable.service(service)
    guard
      let names = known.map({
        Names(prefix: $0.prefix, serviceID: $0.serviceID, signingName: $0.signingName)
      }) ?? names
    else { throw EndpointFault(message: "nothing is known of a service \"\(service)\"") }
    let partition = Partition.of(region: region)
    func place(_ variant: EndpointTable.Variant) -> EndpointTable.Place {
      known?.exception(variant, region: region, partition: partition)
        ?? .init(host: variant.general(names.prefix), signingRegion: "{region}")
    }
    func filled(_ text: String) -> String {
      EndpointTable.Place.fill(text, region: region, partition: partition)
    }
    if let url = settings.url(for: names.serviceID) {
      guard !settings.usesFIPS, !settings.usesDualStack else {
        throw EndpointFault(message: "a configured endpoint goes with neither FIPS nor dual stack")
      }
      let usual = place(.plain)
      return try configured(
        url, region: usual.isNone ? region : filled(usual.signingRegion), name: names.signingName)
    }
    let usesDualStack =
      (service == "s3" ? settings.usesDualStackForS3 : nil) ?? settings.usesDualStack
    if service == "sts", settings.usesGlobalSTS, globalSTSRegions.contains(region),
      !settings.usesFIPS, !usesDualStack
    {
      return Endpoint(
        scheme: "https", host: "sts.amazonaws.com", basePath: "", signingRegion: "us-east-1",
        signingName: names.signingName, isConfigured: false)
    }
    let found = place(.init(usesFIPS: settings.usesFIPS, usesDualStack: usesDualStack))
    guard !found.isNone else {
      throw EndpointFault(message: "\(service) has no such endpoint in \(region)")
    }
    // Only what plays a service on the user's own machine is not HTTPS.
    let plain = "http://"
    let isPlain = found.host.hasPrefix(plain)
    return Endpoint(
      scheme: isPlain ? "http" : "https",
      host: filled(isPlain ? String(found.host.dropFirst(plain.count)) : found.host), basePath: "",
      signingRegion: filled(found.signingRegion), signingName: names.signingName,
      isConfigured: false)
  }

  /// The regions whose STS was the global one before they had their own: the SDKs' reference guide,
  /// "AWS STS Regional endpoints".
  private static let globalSTSRegions: Set = [
    "ap-northeast-1", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "ca-central-1",
    "eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3", "sa-east-1", "us-east-1",
    "us-east-2", "us-west-1", "us-west-2",
  ]

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
