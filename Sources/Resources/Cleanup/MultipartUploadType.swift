internal import Foundation
internal import Model

/// `s3/multipart-upload`: an upload to S3 that was begun and neither completed nor given up.
///
/// Its name is `BUCKET/KEY?uploadId=ID`, as in S3's own URLs. Attributes: `created` (when it was begun), `storageClass`.
/// The size of its parts would take a request for each upload.
///
/// Reads take one request for a thousand uploads of a bucket; to find the buckets of a prefix takes one
/// more. Selectors: `bucket`, `bucketPrefix`.
struct MultipartUploadType: DeletedResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope

  var type: String { "s3/multipart-upload" }
  var noun: String { "multipart uploads" }
  var loss: String { "The parts that were uploaded are lost." }

  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    let buckets = Set(names.map { String($0.prefix { $0 != "/" }) }).sorted()
    switch access {
    case .read:
      return [
        IAMPermission(["s3:ListAllMyBuckets"]),
        IAMPermission(["s3:ListBucketMultipartUploads"], on: buckets.map(scope.bucketARN)),
      ]
    case .write:
      return [
        IAMPermission(["s3:AbortMultipartUpload"], on: buckets.map { scope.bucketARN("\($0)/*") })
      ]
    }
  }

  func pattern(of selector: ResourceSelector) -> String {
    if let bucket = selector.criteria["bucket"]?.string { return "\(bucket)/*" }
    return (selector.criteria["bucketPrefix"]?.string ?? "") + "*"
  }

  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    .unknown("the size of an upload's parts is not known")
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    let parsed = names.compactMap(UploadName.init)
    let found = try await inParallel(
      Dictionary(grouping: parsed, by: \.bucket).sorted { $0.key < $1.key }
    ) { bucket, uploads in
      try await self.uploads(of: bucket, prefix: commonPrefix(of: uploads.map(\.key))) ?? [:]
    }
    return found.reduce(into: [:]) { $0.merge($1) { $1 } }.filter { names.contains($0.key) }
  }

  func find(_ selector: ResourceSelector) async throws -> [String: LiveResource] {
    if let bucket = selector.criteria["bucket"]?.string {
      guard let found = try await uploads(of: bucket) else {
        throw ResourceError(.missing, Address(type, bucket), "There is no such bucket.")
      }
      return found
    }
    let prefix = selector.criteria["bucketPrefix"]?.string ?? ""
    let buckets = try await scope.client.all(
      "s3", "ListBuckets", ["BucketRegion": .string(scope.region), "Prefix": .string(prefix)],
      items: "Buckets"
    ).compactMap { $0["Name"]?.string }.filter { $0.hasPrefix(prefix) }
    return try await inParallel(buckets) { try await uploads(of: $0) ?? [:] }
      .reduce(into: [:]) { $0.merge($1) { $1 } }
  }

  func delete(_ write: ResourceWrite) async throws {
    guard let upload = UploadName(write.name) else {
      throw ResourceError(.badName, Address(type, write.name), "It names no upload.")
    }
    _ = try await scope.client.call(
      "s3", "AbortMultipartUpload",
      [
        "Bucket": .string(upload.bucket), "Key": .string(upload.key),
        "UploadId": .string(upload.id),
      ])
  }

  /// The uploads of a bucket whose keys begin with `prefix`; nil where there is no such bucket.
  private func uploads(of bucket: String, prefix: String = "") async throws -> [String:
    LiveResource]?
  {
    var input: [String: Value] = ["Bucket": .string(bucket)]
    if !prefix.isEmpty { input["Prefix"] = .string(prefix) }
    let found: [Value]
    do {
      found = try await scope.client.all(
        "s3", "ListMultipartUploads", .map(input), items: "Uploads")
    } catch let failure as any AWSFailure where failure.code == "NoSuchBucket" {
      return nil
    }
    var live: [String: LiveResource] = [:]
    for upload in found {
      guard let key = upload["Key"]?.string, let id = upload["UploadId"]?.string else { continue }
      live[UploadName(bucket: bucket, key: key, id: id).text] = LiveResource(
        attributes: [
          "created": Timestamps.attribute(upload["Initiated"] ?? .null),
          "storageClass": upload["StorageClass"] ?? .null,
        ].without())
    }
    return live
  }
}

/// What all texts begin with, by their code points: S3 compares bytes.
private func commonPrefix(of texts: [String]) -> String {
  guard var prefix = texts.first.map({ Array($0.unicodeScalars) }) else { return "" }
  for text in texts.dropFirst() {
    prefix = zip(prefix, text.unicodeScalars).prefix { $0 == $1 }.map(\.0)
  }
  var common = String.UnicodeScalarView()
  common.append(contentsOf: prefix)
  return String(common)
}

/// Which upload: a key can hold anything, so that the ID is what follows the last `?uploadId=`.
private struct UploadName {
  let bucket: String
  let key: String
  let id: String

  private static let mark = "?uploadId="

  init(bucket: String, key: String, id: String) {
    self.bucket = bucket
    self.key = key
    self.id = id
  }

  init?(_ text: String) {
    guard let slash = text.firstIndex(of: "/"),
      let mark = text.range(of: Self.mark, options: .backwards), slash < mark.lowerBound
    else { return nil }
    bucket = String(text[..<slash])
    key = String(text[text.index(after: slash)..<mark.lowerBound])
    id = String(text[mark.upperBound...])
  }

  var text: String { "\(bucket)/\(key)\(Self.mark)\(id)" }
}
