internal import CurlTransport
internal import Foundation
internal import Model

/// A request as a protocol makes it: not yet bound to a host, not yet signed.
struct WireRequest: Hashable, Sendable {
  /// A parameter of the query, not encoded; without a value it stands alone.
  struct QueryItem: Hashable, Sendable {
    let name: String
    let value: String?
  }

  var method = "POST"
  /// The path, percent-encoded.
  var path = "/"
  var query: [QueryItem] = []
  var headers: [HTTPHeader] = []
  var body = Data()
  /// What the operation puts before the host's name.
  var hostPrefix = ""

  /// The query, percent-encoded.
  var encodedQuery: String {
    query.map { item in
      let name = PercentEncoding.encode(item.name)
      return item.value.map { "\(name)=\(PercentEncoding.encode($0))" } ?? name
    }.joined(separator: "&")
  }
}

/// Why data does not fit the wire, or the wire does not fit the description.
package struct WireFault: Error, Hashable {
  /// What does not fit.
  package let message: String

  /// A fault.
  package init(message: String) { self.message = message }
}

/// What a service said of a request that failed.
struct WireFailure: Hashable, Sendable {
  /// The service's code, or nil where the response has no error in it.
  var code: String?
  var message = ""
  /// What else the service says: the members of the error, by the names of its description.
  var members: Value = [:]
  var requestID: String?
  /// The region where the service says that the resource is.
  var region: String?
}
