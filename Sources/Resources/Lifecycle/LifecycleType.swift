internal import Model

/// `s3/lifecycle`: the lifecycle configuration of a bucket. Its name is the bucket's.
///
/// Attributes: one per rule, `rules.<ID>`, in AWS's own shape without the ID (see `LifecycleRule`
/// for its normal form), and `transitionDefaultMinimumObjectSize`. It is a facet of a bucket: a
/// bucket without rules has no attributes, and there is nothing to create or delete. Context:
/// `prefixRules` (the keys of rules in the older form, with a lone `Prefix`).
///
/// Reads take one request for each bucket: S3 has no list of configurations. AWS only replaces a
/// configuration as a whole, so that a write reads it again and keeps the rules of others.
struct LifecycleType: ResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope

  var type: String { "s3/lifecycle" }
  var isCreatable: Bool { false }
  var isDeletable: Bool { false }

  func normalized(_ attributes: [String: Value]) -> [String: Value] {
    Dictionary(
      uniqueKeysWithValues: attributes.map { key, value in
        (key, key.hasPrefix(LifecycleRule.prefix) ? LifecycleRule.normalized(value) : value)
      })
  }

  /// CloudTrail leaves out the end of the operation's name (S3 user guide, CloudTrail events); both
  /// names are asked for, should that change.
  var writeEvents: WriteEvents? {
    WriteEvents(
      changing: [
        "PutBucketLifecycle", "PutBucketLifecycleConfiguration", "DeleteBucketLifecycle",
      ], deleting: ["DeleteBucket"]
    ) { request in [request["bucketName"]?.string].compactMap { $0 } }
  }

  /// S3 has one action for writing and deleting a configuration.
  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    let action = access == .read ? "s3:GetLifecycleConfiguration" : "s3:PutLifecycleConfiguration"
    return [IAMPermission([action], on: names.map(scope.bucketARN))]
  }

  func problems(with write: ResourceWrite) -> [ResourceProblem] {
    LifecycleProblems(inNormalForm(write)).all
  }

  func irreversible(_ write: ResourceWrite, action: Change.Action) -> String? {
    LifecycleDeletions(inNormalForm(write)).reason
  }

  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    .unknown("depends on the data stored")
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    let documents = try await inParallel(names.sorted()) { bucket in
      (bucket, try await document(of: bucket))
    }
    var live: [String: LiveResource] = [:]
    for (bucket, document) in documents {
      guard let document else { continue }
      live[bucket] = LiveResource(attributes: document.attributes, context: document.context)
    }
    return live
  }

  func create(_ write: ResourceWrite) async throws {
    throw ResourceError(.unsupported, address(write), "Weir changes buckets and creates none.")
  }

  func delete(_ write: ResourceWrite) async throws {
    throw ResourceError(.unsupported, address(write), "Weir changes buckets and deletes none.")
  }

  func update(_ write: ResourceWrite) async throws {
    guard let found = try await document(of: write.name) else {
      throw ResourceError(.missing, address(write), "The bucket is not there any more.")
    }
    var document = found
    document.apply(write)
    if !document.isEmpty {
      _ = try await scope.client.call(
        "s3", "PutBucketLifecycleConfiguration", document.request(bucket: write.name))
    } else if !found.isEmpty {
      _ = try await scope.client.call(
        "s3", "DeleteBucketLifecycle", ["Bucket": .string(write.name)])
    }
  }

  /// The configuration, empty for a bucket without one; nil where there is no such bucket.
  private func document(of bucket: String) async throws -> LifecycleDocument? {
    do {
      return LifecycleDocument(
        try await scope.client.call(
          "s3", "GetBucketLifecycleConfiguration", ["Bucket": .string(bucket)],
          nilIf: "NoSuchLifecycleConfiguration"))
    } catch let failure as any AWSFailure
      where ["NoSuchBucket", "InvalidBucketName"].contains(failure.code)
    {
      return nil
    }
  }

  private func inNormalForm(_ write: ResourceWrite) -> ResourceWrite {
    ResourceWrite(
      name: write.name, live: write.live, set: normalized(write.set), unset: write.unset,
      recorded: write.recorded)
  }

  private func address(_ write: ResourceWrite) -> Address { Address(type, write.name) }
}
