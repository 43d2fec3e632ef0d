internal import Foundation

/// What is known of a service's API: its operations and types, from botocore's JSON format.
///
/// A class, because every call of the service shares it.
final class APIDescription: Sendable {
  /// What holds for all operations of the service.
  struct Metadata: Sendable {
    let apiVersion: String
    let endpointPrefix: String
    let jsonVersion: String
    /// The protocols that the service speaks, the preferred first.
    let protocols: [String]
    let serviceID: String
    let signingName: String
    let targetPrefix: String
    let namespace: String?
    /// Whether errors carry the code that the Query protocol gave them.
    let isQueryCompatible: Bool
    /// Whether signatures follow S3's rules.
    let signsAsS3: Bool
  }

  let metadata: Metadata
  let operations: [String: APIOperation]
  let shapes: [Shape]
  /// The shapes as responses are read by them.
  let types: TypeTable
  let paginators: [String: Paginator]
  /// The types that are errors, by code.
  let errorsByCode: [String: Member]
  /// The values of enums that the description lacks and a response held.
  let seenValues = SeenValues()

  /// Reads a description from JSON that is parsed already.
  init(json: OrderedJSON) throws(DescriptionFault) {
    metadata = Metadata(json["metadata"] ?? .null)
    let reader = ShapeReader(json["shapes"] ?? .null)
    shapes = try reader.shapes()
    types = TypeTable(shapes)
    var operations: [String: APIOperation] = [:]
    for member in json["operations"]?.members ?? [] {
      operations[member.name] = try reader.operation(member.name, member.value)
    }
    self.operations = operations
    errorsByCode = try reader.errorsByCode(shapes)
    let pages = (json["pagination"]?.members ?? []).map { ($0.name, Paginator($0.value)) }
    paginators = Dictionary(pages, uniquingKeysWith: { first, _ in first })
  }

  /// The type of a member.
  func shape(of member: Member) -> Shape { shapes[member.shape] }

  /// Notes a text that a response held and that is new to its type.
  func noteSeen(_ text: String, of type: Int) {
    seenValues.note(text, of: shapes[type])
  }

  /// The structure that a member is, if it is one.
  func structure(of member: Member?) -> Shape.Structure? {
    guard let member, case .structure(let structure) = shape(of: member).kind else { return nil }
    return structure
  }
}

/// Why a text is no API description.
struct DescriptionFault: Error, Hashable {
  let message: String
}

extension APIDescription {
  /// Reads a description in botocore's JSON format; `pagination` may stand beside `shapes`.
  convenience init(text: some Sequence<UInt8>) throws(DescriptionFault) {
    let json: OrderedJSON
    do {
      json = try JSONReader.read(text)
    } catch {
      throw DescriptionFault(message: "no JSON: \(error.message) at byte \(error.offset)")
    }
    try self.init(json: json)
  }
}

extension APIDescription.Metadata {
  fileprivate init(_ json: OrderedJSON) {
    apiVersion = json["apiVersion"]?.string ?? ""
    endpointPrefix = json["endpointPrefix"]?.string ?? ""
    jsonVersion = json["jsonVersion"]?.string ?? "1.0"
    let listed = json["protocols"]?.elements.compactMap(\.string) ?? []
    protocols = listed.isEmpty ? [json["protocol"]?.string ?? ""] : listed
    serviceID = json["serviceId"]?.string ?? endpointPrefix
    signingName = json["signingName"]?.string ?? endpointPrefix
    targetPrefix = json["targetPrefix"]?.string ?? ""
    namespace = json["xmlNamespace"]?.string
    isQueryCompatible = json["awsQueryCompatible"] != nil
    let signature = json["signatureVersion"]?.string
    signsAsS3 = signature == "s3" || signature == "s3v4"
  }
}

extension Paginator {
  fileprivate init(_ json: OrderedJSON) {
    func names(_ key: String) -> [String] {
      json[key]?.string.map { [$0] } ?? json[key]?.elements.compactMap(\.string) ?? []
    }
    inputTokens = names("input_token")
    outputTokens = names("output_token")
    moreResults = json["more_results"]?.string
  }
}
