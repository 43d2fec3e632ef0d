internal import CurlTransport

/// Errors of the XML protocols: S3's, Query's and EC2's forms.
enum XMLFailure {
  /// What the response says; a body that is no AWS error gives no code.
  static func read(_ response: HTTPResponse) -> WireFailure {
    var failure = WireFailure()
    failure.requestID = response.requestID
    failure.region = response.header("x-amz-bucket-region")
    guard !response.body.isEmpty, let root = try? XMLReader.read(response.body) else {
      return failure
    }
    let error =
      root.name == "Error" ? root : root.child("Error") ?? root.child("Errors")?.child("Error")
    failure.code = error?.child("Code")?.text
    failure.message = error?.child("Message")?.text ?? ""
    failure.region = failure.region ?? error?.child("Region")?.text
    for name in ["RequestId", "RequestID", "requestId"] {
      failure.requestID = failure.requestID ?? root.child(name)?.text
    }
    return failure
  }
}
