public import Foundation

/// What a script that stops and starts resources wrote down before it stopped them: version 1.0 of its form.
///
/// Members that Weir has no use for, such as the memory of functions, which no stop changes, are passed over.
public struct StoppedState: Decodable, Sendable {
  struct Resources: Decodable {
    let functions: [Function]?
    let endpoints: [Endpoint]?
    let streams: [Stream]?
    let tables: [Table]?
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

  struct Stream: Decodable {
    let name: String
    let shards: Int?
    let mode: String?

    private enum CodingKeys: String, CodingKey {
      case name
      case shards = "shard_count"
      case mode = "stream_mode"
    }
  }

  struct Table: Decodable {
    let name: String
    let mode: String?
    let reads: Int?
    let writes: Int?

    private enum CodingKeys: String, CodingKey {
      case name
      case mode = "billing_mode"
      case reads = "read_capacity"
      case writes = "write_capacity"
    }
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
    } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context)
    {
      throw Unreadable(
        message: "\(Self.place(context.codingPath)) holds another type than this form has there.")
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
