internal import AWSClient
internal import Crypto
internal import Foundation
internal import GitStorage
internal import Manifests
internal import Model
internal import Rendering

/// The copies of an environment's state in S3: one object for each serial, never written over.
struct StateBackup: Sendable {
  /// What became of the serials that the backup lacked.
  struct Result: Sendable {
    /// What was written.
    var written: [Int] = []
    /// The serials of which the backup holds another state.
    var differing: [Int] = []
  }

  let client: AWSClient
  let settings: BackupSettings
  let environment: String

  /// Where the copies lie.
  var place: String { "s3://\(settings.bucket)/\(folder)" }

  private var folder: String {
    settings.prefix.isEmpty ? "\(environment)/" : "\(settings.prefix)/\(environment)/"
  }

  private func key(_ serial: Int) -> String { "\(folder)\(serial).json" }

  /// The serials that are there, in their order.
  ///
  /// - Throws: `AWSError`, `CancellationError`.
  func serials() async throws -> [Int] {
    let objects = try await client.all(
      "s3", "ListObjectsV2",
      ["Bucket": .string(settings.bucket), "Prefix": .string(folder)], items: "Contents",
      region: settings.region)
    return objects.compactMap { object in
      guard let key = object["Key"]?.string, key.hasSuffix(".json") else { return nil }
      return Int(key.dropFirst(folder.count).dropLast(".json".count))
    }.sorted()
  }

  /// Copies what the backup lacks, and makes sure that its last serial is this branch's.
  ///
  /// - Throws: `AWSError`, `GitError`, `StateError`, `CancellationError`.
  func catchUp(_ store: StateBranch) async throws -> Result {
    let entries = try await store.history(limit: nil)
    let there = Set(try await serials())
    var result = Result()
    for entry in entries.reversed()
    where !there.contains(entry.serial) || entry.serial == entries.first?.serial {
      let export = try await store.export(entry)
      switch try await put(export) {
      case true: result.written.append(entry.serial)
      case false where try await self.export(entry.serial)?.digest == export.digest: break
      case false: result.differing.append(entry.serial)
      }
    }
    return result
  }

  /// The copy of a serial; nil where there is none.
  ///
  /// - Throws: `AWSError`, `StateExportError`, `CancellationError`.
  func export(_ serial: Int) async throws -> StateExport? {
    do {
      let answer = try await client.call(
        "s3", "GetObject",
        ["Bucket": .string(settings.bucket), "Key": .string(key(serial))], region: settings.region)
      guard case .bytes(let data)? = answer["Body"] else { throw StateExportError.notAnExport }
      return try StateExport(reading: data)
    } catch let error as AWSError where error.code == "NoSuchKey" {
      return nil
    }
  }

  /// Writes a copy.
  ///
  /// - Returns: false where one of that serial is there already.
  private func put(_ export: StateExport) async throws -> Bool {
    let data = try export.encoded()
    var input: [String: Value] = [
      "Bucket": .string(settings.bucket), "Key": .string(key(export.serial)), "Body": .bytes(data),
      "ContentType": "application/json", "IfNoneMatch": "*",
      "ChecksumSHA256": .string(Data(SHA256.hash(data: data)).base64EncodedString()),
      "ServerSideEncryption": settings.kmsKey == nil ? "AES256" : "aws:kms",
    ]
    input["SSEKMSKeyId"] = settings.kmsKey.map(Value.string)
    do {
      _ = try await client.call("s3", "PutObject", .map(input), region: settings.region)
      return true
    } catch let error as AWSError where error.code == "PreconditionFailed" {
      return false
    }
  }
}

/// Copies what the backup lacks, and tells what became of it. A failure changes nothing else.
///
/// - Returns: whether the backup now holds the state.
@discardableResult
func backUp(_ backup: StateBackup, _ store: StateBranch, console: Console) async -> Bool {
  do {
    let result = try await backup.catchUp(store)
    if !result.written.isEmpty {
      console.note("Backed up to \(backup.place): \(named(result.written)).")
    }
    if result.differing.isEmpty { return true }
    console.tell(
      "WARNING: \(backup.place) holds another state of \(named(result.differing)) than \(store.branch), and "
        + "was left as it is. Two lines of states use the same place, or a state was overtaken: "
        + "compare them, and give each its own `state.backup.prefix`.")
  } catch {
    let reason = Failure.line(error)
    console.tell(
      "warning: the state is not backed up to \(backup.place): \(reason)"
        + (reason.hasSuffix(".") ? "" : ".")
        + " The next apply tries again, and so does `weir state backup`.")
  }
  return false
}

private func named(_ serials: [Int]) -> String {
  (serials.count == 1 ? "serial " : "serials ")
    + serials.map(String.init).joined(separator: ", ")
}
