internal import Crypto
public import Foundation
internal import Model

/// The state after one apply as one document, from which the branch can be restored: the files that
/// the state consists of, and the snapshot and report of the apply that led to it.
///
/// It is a function of the commit alone, so that two exports of one serial are equal byte for byte.
/// Like the branch it holds no secret in clear text.
public struct StateExport: Hashable, Sendable, Codable {
  /// The version of the format that this program writes and reads.
  public static let currentFormat = "1.0"

  /// The version of its format.
  public let formatVersion: String
  /// Which line of states it belongs to.
  public let lineage: String
  /// The apply that led to the state.
  public let serial: Int
  /// The environment.
  public let environment: String
  /// The commit of the state branch that it was made from.
  public let commit: String
  /// Who applied.
  public let actor: String
  /// When it ended.
  public let time: Date
  /// The files by their paths in the state branch.
  public let files: [String: String]
  /// The digest of all the rest.
  public private(set) var digest: String

  init(
    lineage: String, serial: Int, environment: String, commit: CommitID, actor: String, time: Date,
    files: [String: String]
  ) throws {
    formatVersion = Self.currentFormat
    self.lineage = lineage
    self.serial = serial
    self.environment = environment
    self.commit = commit.hex
    self.actor = actor
    self.time = time
    self.files = files
    digest = ""
    digest = try computedDigest()
  }

  /// The document.
  ///
  /// - Throws: `EncodingError`.
  public func encoded() throws -> Data { try CanonicalJSON.encode(self) }

  private func computedDigest() throws -> String {
    var bare = self
    bare.digest = ""
    let hash = SHA256.hash(data: try CanonicalJSON.encode(bare))
    return "sha256:"
      + hash.map { byte in
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
      }.joined()
  }
}

extension StateExport {
  /// Reads a document; another format is told before anything else is looked at.
  ///
  /// - Throws: `StateExportError`.
  public init(reading data: Data) throws(StateExportError) {
    do {
      let version = try CanonicalJSON.decode(FormatDocument.self, from: data).formatVersion
      try FormatVersionError.check("state", found: version, supported: Self.currentFormat)
      self = try CanonicalJSON.decode(StateExport.self, from: data)
    } catch let error as FormatVersionError {
      throw .otherFormat(found: error.found, supported: error.supported)
    } catch {
      throw .notAnExport
    }
    guard (try? computedDigest()) == digest, serial > 0, CommitID(commit) != nil else {
      throw .edited
    }
  }
}

/// Why a document cannot be restored from.
public enum StateExportError: Error, Hashable, Sendable {
  /// It is not a document that Weir exported, or it is cut off.
  case notAnExport
  /// It has a format that this version does not read.
  case otherFormat(found: String, supported: String)
  /// Its digest is not that of its content.
  case edited
}
