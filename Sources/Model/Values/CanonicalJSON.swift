public import Foundation

/// JSON as Weir writes it everywhere: sorted keys, two spaces, times as `2026-08-19T06:30:00Z`, a
/// newline at the end. Equal values give equal bytes.
public enum CanonicalJSON {
  /// The bytes of `value`.
  ///
  /// - Throws: `EncodingError`, for instance for a secret in clear text.
  public static func encode(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    return try encoder.encode(value) + Data("\n".utf8)
  }

  /// The bytes of `value` on a single line, for journals.
  ///
  /// - Throws: `EncodingError`, for instance for a secret in clear text.
  public static func encodeLine(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    return try encoder.encode(value) + Data("\n".utf8)
  }

  /// Reads what `encode` wrote.
  ///
  /// - Throws: `DecodingError`, and `FormatVersionError` from values of a newer format.
  public static func decode<Result: Decodable>(_ type: Result.Type, from data: Data) throws
    -> Result
  {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return try decoder.decode(type, from: data)
  }
}

/// A document whose format this program does not read.
public struct FormatVersionError: Error, Hashable, Sendable {
  /// What the document is: `plan`, `state`.
  public let document: String
  /// The version that it says.
  public let found: String
  /// The version that this program reads.
  public let supported: String

  /// Refuses `found` where its major part is not that of `supported`: minor versions only add.
  ///
  /// - Throws: itself.
  public static func check(_ document: String, found: String, supported: String)
    throws(FormatVersionError)
  {
    guard found.split(separator: ".").first == supported.split(separator: ".").first else {
      throw FormatVersionError(document: document, found: found, supported: supported)
    }
  }
}
