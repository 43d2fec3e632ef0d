internal import CurlTransport
internal import Model

/// Errors of the JSON protocols.
enum JSONFailure {
  /// What the response says: the code in a header or in the body, with or without a namespace.
  static func read(_ response: HTTPResponse) -> WireFailure {
    let body = (try? JSONDecoding.document(response.body)) ?? .null
    func text(_ names: String...) -> String? { names.lazy.compactMap { body[$0]?.string }.first }
    var failure = WireFailure()
    failure.code = (response.header("x-amzn-errortype") ?? text("__type", "code", "Code"))
      .map(shortened)
    // Services that once spoke Query keep the code of those days here: "Code;Sender".
    if let parts = response.header("x-amzn-query-error")?.split(separator: ";"), parts.count == 2 {
      failure.code = String(parts[0])
    }
    failure.message = text("message", "Message", "errorMessage") ?? ""
    failure.requestID = response.requestID
    return failure
  }

  /// `com.amazonaws.sns#NotFound:http://internal/` is `NotFound`.
  private static func shortened(_ code: String) -> String {
    let withoutLink = code.split(separator: ":", maxSplits: 1).first ?? ""
    return String(withoutLink.split(separator: "#").last ?? "")
  }
}

extension HTTPResponse {
  /// The ID that the service gave the request, from its headers.
  var requestID: String? {
    header("x-amzn-requestid") ?? header("x-amz-request-id") ?? header("x-amzn-request-id")
  }
}
