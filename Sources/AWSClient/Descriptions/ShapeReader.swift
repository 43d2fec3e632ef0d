/// Reads the types and operations of an API description, and ties names to positions.
struct ShapeReader {
  private let bodies: [OrderedJSON.Member]
  private let positions: [String: Int]

  /// Takes the `shapes` of a description.
  init(_ json: OrderedJSON) {
    bodies = json.members
    positions = Dictionary(
      bodies.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// All shapes, in the description's order.
  func shapes() throws(DescriptionFault) -> [Shape] {
    var shapes: [Shape] = []
    for shape in bodies {
      let body = shape.value
      shapes.append(
        Shape(
          name: shape.name, kind: try kind(body), minimum: body["min"]?.number,
          maximum: body["max"]?.number, bits: body["type"]?.string == "integer" ? 32 : 64,
          enumeration: enumeration(body), error: errorTraits(shape.name, body)))
    }
    return shapes
  }

  /// The shapes that are errors, by code.
  func errorsByCode(_ shapes: [Shape]) throws(DescriptionFault) -> [String: Member] {
    var errors: [String: Member] = [:]
    for shape in shapes {
      guard let code = shape.error?.code, errors[code] == nil else { continue }
      errors[code] = try member("", .map([.init(name: "shape", value: .string(shape.name))]))
    }
    return errors
  }

  /// An operation from its body.
  func operation(_ name: String, _ body: OrderedJSON) throws(DescriptionFault) -> APIOperation {
    var errors: [Member] = []
    for error in body["errors"]?.elements ?? [] { errors.append(try member("", error)) }
    let name = body["name"]?.string ?? name
    let method = body["http"]?["method"]?.string ?? "POST"
    return APIOperation(
      name: name, method: method,
      uri: body["http"]?["requestUri"]?.string ?? "/",
      input: try optionalMember(body["input"]), output: try optionalMember(body["output"]),
      resultWrapper: body["output"]?["resultWrapper"]?.string, errors: errors,
      hostPrefix: body["endpoint"]?["hostPrefix"]?.string,
      needsChecksum: body["httpChecksumRequired"]?.isTrue == true
        || body["httpChecksum"]?["requestChecksumRequired"]?.isTrue == true,
      isReadOnly: body["readonly"]?.isTrue == true
        || APIOperation.isReading(name, method: method),
      isMarkedIdempotent: body["idempotent"]?.isTrue == true)
  }

  private func kind(_ body: OrderedJSON) throws(DescriptionFault) -> Shape.Kind {
    switch body["type"]?.string {
    case "structure": body["document"]?.isTrue == true ? .document : .structure(try structure(body))
    case "list": .list(try member("member", body["member"] ?? .null))
    case "map":
      .map(
        key: try member("key", body["key"] ?? .null),
        value: try member("value", body["value"] ?? .null))
    case "string", "character": .string
    case "blob": .blob
    case "boolean": .boolean
    case "integer", "long", "short", "byte", "biginteger": .integer
    case "float", "double", "bigdecimal": .float
    case "timestamp": .timestamp
    default: .document
    }
  }

  private func structure(_ body: OrderedJSON) throws(DescriptionFault) -> Shape.Structure {
    var members: [Member] = []
    for reference in body["members"]?.members ?? [] {
      members.append(try member(reference.name, reference.value))
    }
    return Shape.Structure(
      members: members, required: body["required"]?.elements.compactMap(\.string) ?? [],
      isUnion: body["union"]?.isTrue == true)
  }

  private func enumeration(_ body: OrderedJSON) -> Set<String>? {
    guard body["type"]?.string == "string", let values = body["enum"]?.elements, !values.isEmpty
    else { return nil }
    return Set(values.compactMap(\.string))
  }

  private func optionalMember(_ json: OrderedJSON?) throws(DescriptionFault) -> Member? {
    guard let json else { return nil }
    return try member("", json)
  }

  /// A member; what its reference does not say, its shape does.
  private func member(_ name: String, _ reference: OrderedJSON) throws(DescriptionFault) -> Member {
    let shapeName = reference["shape"]?.string ?? ""
    guard let position = positions[shapeName] else {
      throw DescriptionFault(message: "no shape is called \"\(shapeName)\"")
    }
    let body = bodies[position].value
    func trait(_ key: String) -> OrderedJSON? { reference[key] ?? body[key] }
    let namespace = trait("xmlNamespace")
    return Member(
      name: name, shape: position, locationName: trait("locationName")?.string,
      queryName: trait("queryName")?.string,
      location: trait("location")?.string.flatMap(Member.Location.init),
      timestampFormat: trait("timestampFormat")?.string.flatMap(Member.TimestampFormat.init),
      namespace: (namespace?["uri"]?.string ?? namespace?.string).map {
        Member.Namespace(uri: $0, prefix: namespace?["prefix"]?.string)
      },
      isFlattened: trait("flattened")?.isTrue == true,
      isXMLAttribute: trait("xmlAttribute")?.isTrue == true,
      isIdempotencyToken: trait("idempotencyToken")?.isTrue == true,
      isJSONValue: trait("jsonvalue")?.isTrue == true,
      isStreaming: trait("streaming")?.isTrue == true, payload: trait("payload")?.string)
  }

  private func errorTraits(_ name: String, _ body: OrderedJSON) -> ErrorTraits? {
    guard body["exception"]?.isTrue == true else { return nil }
    let retry: ErrorTraits.RetryTrait? = body["retryable"].map {
      $0["throttling"]?.isTrue == true ? .throttling : .transient
    }
    return ErrorTraits(code: body["error"]?["code"]?.string ?? name, retry: retry)
  }
}
