internal import CurlTransport
internal import Foundation
internal import Model

/// Errors of the XML protocols: S3's, Query's and EC2's forms.
struct XMLFailure {
  let description: APIDescription
  let keepsUnknown: Bool
  let isREST: Bool

  /// What the response says; a body that is no AWS error gives no code.
  func read(_ response: HTTPResponse, _ operation: APIOperation) -> WireFailure {
    var failure = WireFailure()
    failure.requestID = response.requestID
    failure.region = response.header("x-amz-bucket-region")
    guard !response.body.isEmpty, let root = try? XMLReader.read(response.body) else {
      return failure
    }
    let error =
      root.name == "Error" ? root : root.child("Error") ?? root.child("Errors")?.child("Error")
    failure.code = error?.child("Code")?.text
    failure.message = error?.child("Message")?.text ?? error?.child("message")?.text ?? ""
    failure.region = failure.region ?? error?.child("Region")?.text
    for name in ["RequestId", "RequestID", "requestId"] {
      failure.requestID = failure.requestID ?? root.child(name)?.text
    }
    if let error {
      failure.members = members(error, response, description.error(failure.code, of: operation))
    }
    return failure
  }

  /// Whether a body that came with a good status is an error all the same.
  static func isFailure(_ body: Data) -> Bool {
    let beginning = body.prefix(256)
    guard ["<Error>", "<Error "].contains(where: { beginning.range(of: Data($0.utf8)) != nil })
    else { return false }
    guard let root = try? XMLReader.read(body) else { return false }
    return root.name == "Error" && root.child("Code") != nil
  }

  private func members(_ error: XMLElement, _ response: HTTPResponse, _ shape: Member?) -> Value {
    let decoding = XMLDecoding(description: description, keepsUnknown: keepsUnknown)
    guard let shape, let structure = description.structure(of: shape) else {
      return keepsUnknown ? UnknownXML.value([error]).withoutEnvelope(nil) : [:]
    }
    let members = decoding.decode(error, as: shape).withoutEnvelope(structure)
    guard isREST else { return members }
    let binding = ResponseBinding(
      description: description, isXML: true, keepsUnknown: keepsUnknown)
    return .map(binding.located(response, structure, into: members.map ?? [:]))
  }
}
