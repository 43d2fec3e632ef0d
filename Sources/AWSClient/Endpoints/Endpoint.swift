internal import Foundation

/// Where a service is, and what a signature for it says.
struct Endpoint: Hashable, Sendable {
  /// `https` or `http`.
  let scheme: String
  /// The host, with the port where it is not the scheme's own.
  let host: String
  /// What stands before every path; empty, or with a slash before but none behind.
  let basePath: String
  let signingRegion: String
  let signingName: String
  /// Whether somebody said that the service is there: then its name is not ours to change.
  let isConfigured: Bool

  /// The host without a port.
  var hostName: Substring { host.hasPrefix("[") ? host[...] : host.prefix { $0 != ":" } }

  /// Whether the host is a number or this machine: no other name can stand before it.
  var isAddress: Bool {
    host.hasPrefix("[") || hostName == "localhost"
      || hostName.allSatisfy { $0.isNumber || $0 == "." }
  }
}

/// Why there is no endpoint.
struct EndpointFault: Error, Hashable {
  let message: String
}

/// Where services are that are not where AWS has them, and which of AWS's kinds of hosts is wanted.
public struct EndpointSettings: Hashable, Sendable {
  /// The URL of all services.
  public var url: String?
  /// The URLs of single services, by service ID in lower case with `_` for spaces: `ssm`,
  /// `application_auto_scaling`.
  public var serviceURLs: [String: String]
  /// Whether the hosts of FIPS 140 are wanted.
  public var usesFIPS = false
  /// Whether hosts with IPv6 addresses are wanted.
  public var usesDualStack = false
  /// Whether S3's hosts with IPv6 addresses are wanted; nil where S3 is like all services.
  public var usesDualStackForS3: Bool?
  /// Whether STS is asked at its global host, in regions that are older than the regional ones.
  public var usesGlobalSTS = false
  /// Whether what an operation puts before the host's name is left out.
  public var omitsHostPrefix = false
  /// Whether S3's buckets stand in the path, not before the host; nil where that goes by the host, as
  /// with the AWS CLI: before AWS's own, in the path of one that somebody gave.
  public var usesPathStyle: Bool?

  /// Settings; without any, services are where AWS has them.
  public init(url: String? = nil, serviceURLs: [String: String] = [:]) {
    self.url = url
    self.serviceURLs = serviceURLs
  }

  /// The URL that somebody gave for a service.
  func url(for serviceID: String) -> String? {
    serviceURLs[Self.key(serviceID)] ?? url
  }

  /// What a service is called in settings.
  static func key(_ serviceID: String) -> String {
    String(serviceID.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 })
  }
}
