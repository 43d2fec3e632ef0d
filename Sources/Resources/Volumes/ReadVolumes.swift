internal import Model

/// Volumes by their IDs, in as few requests as there are five hundreds of them. AWS refuses the whole of
/// a request that names one that is not there; a filter, of at most 200 values, leaves it out.
func volumes(_ names: [String], scope: ResourceScope) async throws -> [Value] {
  let found = try await inParallel(names.batches(of: 500)) { batch in
    do {
      return try await scope.client.all(
        "ec2", "DescribeVolumes", ["VolumeIds": .list(batch.map(Value.string))], items: "Volumes")
    } catch let failure as any AWSFailure where failure.code.hasPrefix("InvalidVolume") {
      return try await inParallel(batch.batches(of: 200)) { names in
        try await scope.client.all(
          "ec2", "DescribeVolumes",
          ["Filters": [["Name": "volume-id", "Values": .list(names.map(Value.string))]]],
          items: "Volumes")
      }.flatMap { $0 }
    }
  }
  return found.flatMap { $0 }
}
