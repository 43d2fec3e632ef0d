/// How a `CurlTransport` connects, and where it gives up. Nothing is read from the environment.
public struct CurlConfiguration: Sendable {
  /// How many connections may be open, and how many requests run at once; the others wait in line.
  public var maxConnections = 16
  /// How long resolving, connecting and agreeing on TLS may take.
  public var connectTimeout: Duration = .seconds(5)
  /// How long an exchange may take from its start (waiting in line not counted) to its last byte.
  public var totalTimeout: Duration = .seconds(60)
  /// How long the first byte of the answer may take once the request is sent. Of a body over 64 KiB
  /// the end is not noticed at once, so that the answer may take up to twice as long.
  public var firstByteTimeout: Duration = .seconds(30)
  /// How long sending a body or receiving an answer may go without a byte.
  public var stallTimeout: Duration = .seconds(30)
  /// The largest body that is accepted, after decompression.
  public var bodyLimit = 64 << 20
  /// A PEM file of trusted certificates in place of the system's.
  public var caBundle: String?
  /// The URL of the proxy to `https` URLs; nil connects directly, whatever the environment says.
  public var secureProxy: String?
  /// The URL of the proxy to `http` URLs; nil connects directly likewise.
  public var plainProxy: String?
  /// Hosts that are reached without the proxy, separated by commas: names, which stand for what is
  /// below them too, addresses and CIDR blocks, each with a port or for all ports; `*` for all hosts.
  public var noProxy: String?
  /// The `User-Agent` of requests that have none.
  public var userAgent = "weir"

  /// The proxy to a URL, if it is not among those that are reached without one.
  func proxy(isSecure: Bool) -> String? { isSecure ? secureProxy : plainProxy }

  /// The defaults, to be changed field by field.
  public init() {}
}
