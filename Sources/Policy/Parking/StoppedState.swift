public import Foundation
public import Model

/// What a script that stops and starts resources wrote down before it stopped them: version 1.0 of its form.
///
/// Members that Weir has no use for, such as the memory of functions, which no stop changes, are passed over.
public struct StoppedState: Decodable, Sendable {
  struct Resources: Decodable {
    let functions: [Function]?
    let endpoints: [Endpoint]?
    let streams: [Other]?
    let tables: [Other]?
    let alarms: [Alarm]?

    private enum CodingKeys: String, CodingKey {
      case functions = "lambda_functions"
      case endpoints = "sagemaker_endpoints"
      case streams = "kinesis_streams"
      case tables = "dynamodb_tables"
      case alarms = "cloudwatch_alarms"
    }
  }

  struct Function: Decodable {
    let name: String
    let reserved: Int?
    let provisioned: Int?

    private enum CodingKeys: String, CodingKey {
      case name
      case reserved = "reserved_concurrency"
      case provisioned = "provisioned_concurrency"
    }
  }

  struct Endpoint: Decodable {
    let name: String
    let config: String

    private enum CodingKeys: String, CodingKey {
      case name
      case config = "endpoint_config_name"
    }
  }

  struct Alarm: Decodable {
    let name: String
    let enabled: Bool
  }

  struct Other: Decodable {
    let name: String
  }

  let version: String
  let project: String
  let environment: String
  let resources: Resources

  /// What is wrong with a document, in a full sentence.
  public struct Unreadable: Error {
    /// The sentence.
    public let message: String
  }

  /// Reads a document.
  ///
  /// - Throws: `Unreadable` where it is not of this form and version.
  public init(reading data: Data) throws {
    do {
      self = try JSONDecoder().decode(StoppedState.self, from: data)
    } catch DecodingError.keyNotFound(let key, let context) {
      throw Unreadable(message: "\(Self.place(context.codingPath)) has no `\(key.stringValue)`.")
    } catch DecodingError.typeMismatch(let type, let context),
      DecodingError.valueNotFound(let type, let context)
    {
      throw Unreadable(message: "\(Self.place(context.codingPath)) is not of the type \(type).")
    } catch {
      throw Unreadable(message: "It is no JSON.")
    }
    guard version == "1.0" else {
      throw Unreadable(message: "Its version is \(version), and Weir knows 1.0.")
    }
  }

  private static func place(_ path: [any CodingKey]) -> String {
    path.isEmpty
      ? "The document"
      : path.map { key in key.intValue.map { "[\($0)]" } ?? key.stringValue }
        .joined(separator: ".").replacing(".[", with: "[")
  }
}

/// What becomes of the resources of a ``StoppedState``.
public struct StoppedImport: Sendable {
  /// The records that the state takes over.
  public let records: [AppliedResource]
  /// What was not taken over, and why: a sentence each.
  public let remarks: [String]

  /// Records, and remarks on what else there was.
  public init(records: [AppliedResource] = [], remarks: [String] = []) {
    self.records = records
    self.remarks = remarks
  }
}

extension StoppedState {
  /// The records with which a start of a parking group gives back what the document says.
  ///
  /// - Parameters:
  ///   - manifest: the group's manifest.
  ///   - members: what the group means in AWS.
  ///   - live: how it stands there.
  ///   - recorded: the resources of the state, whose values stay.
  ///   - serial: the number of the apply that records it.
  public func records(
    of manifest: ManifestReference, members: [ParkedMember], live: [Address: LiveResource],
    recorded: Set<Address>, serial: Int
  ) -> StoppedImport {
    let meant = Dictionary(
      members.map { ($0.address, $0) }, uniquingKeysWith: { first, _ in first })
    var records: [AppliedResource] = []
    var remarks = others
    for (address, found) in values.sorted(by: { $0.key < $1.key }) {
      let isGone = address.type == "sagemaker/endpoint" && live[address] == nil
      let parts = isGone ? gone(address) : meant[address]?.parts[address]
      guard let parts else {
        remarks.append("\(address) is not in the group: nothing with its tags is called so.")
        continue
      }
      if recorded.contains(address) {
        remarks.append("\(address) is recorded already, and stays as it is recorded.")
        continue
      }
      let parked = parts.mapValues { wish in
        if case .exactly(let value) = wish { value } else { Value.null }
      }
      guard isGone || parked.allSatisfy({ live[address]?.attributes[$0] ?? .null == $1 }) else {
        remarks.append("\(address) is not stopped: what it has now counts, not what the file says.")
        continue
      }
      records.append(
        AppliedResource(
          address: address, attributes: parked,
          found: parked.keys.reduce(into: [:]) { $0[$1] = found[$1] ?? .null }, foundContext: [:],
          wasCreated: false, onRemove: .restore, isProtected: false, manifest: manifest,
          dependsOn: [], serial: serial))
    }
    return StoppedImport(records: records, remarks: remarks)
  }

  /// What the document says of each resource, as attributes.
  private var values: [Address: [String: Value]] {
    var values: [Address: [String: Value]] = [:]
    for function in resources.functions ?? [] {
      values[Address("lambda/function", function.name)] = [
        "reservedConcurrency": function.reserved.map { Value($0) } ?? .null
      ]
    }
    for alarm in resources.alarms ?? [] {
      values[Address("cloudwatch/alarm", alarm.name)] = [
        "actionsEnabled": alarm.enabled ? .null : false
      ]
    }
    for endpoint in resources.endpoints ?? [] {
      values[Address("sagemaker/endpoint", endpoint.name)] = [
        "config": .string(endpoint.config),
        // It is these tags by which such scripts know what is theirs.
        "tags": ["Project": .string(project), "Environment": .string(environment)],
      ]
    }
    return values
  }

  /// What is not taken over.
  private var others: [String] {
    let functions = (resources.functions ?? []).filter {
      ($0.provisioned ?? 0) > 0
    }
    let kept = [
      ("kinesis/stream", resources.streams), ("dynamodb/table", resources.tables),
    ]
    return functions.map {
      "lambda/function \($0.name) had \($0.provisioned ?? 0) of provisioned concurrency. The"
        + " file does not say for which alias or version: a FunctionSize gives it back."
    }
      + kept.flatMap { type, list in
        (list ?? []).map { "\(type) \($0.name) is left as it is: Weir does not park such yet." }
      }
  }

  /// The parked values of an endpoint that is not there.
  private func gone(_ address: Address) -> [String: DesiredValue]? {
    let subject = ParkedForm.Subject(address.name)
    guard case .parked(let parts)? = ParkedForm.of(address.type)?.outcome(subject) else {
      return nil
    }
    return parts.first?.attributes
  }
}
