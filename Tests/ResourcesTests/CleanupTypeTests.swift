import Foundation
import Model
import Testing

@testable import Resources

private func snapshot(_ index: Int, volume: Int? = nil, _ more: [String: Value] = [:]) -> Value {
  let plain: Value = [
    "SnapshotId": .string("snap-\(index)"), "VolumeId": .string("vol-\(volume ?? index)"),
    "VolumeSize": 100, "State": "completed", "StartTime": 1_790_000_000, "Description": "",
    "StorageTier": "standard", "FullSnapshotSizeInBytes": .number(10 * 1_073_741_824),
    "Tags": [["Key": "team", "Value": "web"]],
  ]
  return plain.with(more)
}

/// Answers for snapshots, and for images that use some of them.
private func snapshots(_ all: [Value], images: [String: String] = [:]) -> FakeAWS {
  FakeAWS { operation, input in
    switch operation {
    case "DescribeSnapshots":
      let filter = input["Filters"]?.list?.first { $0["Name"] == "snapshot-id" }
      guard let names = filter?["Values"]?.texts else {
        return page(all, of: "Snapshots", size: 1000, input)
      }
      precondition(names.count <= 200)
      return ["Snapshots": .list(all.filter { names.contains($0["SnapshotId"]?.string ?? "") })]
    case "DescribeImages":
      return [
        "Images": .list(
          images.map { image, snapshot in
            [
              "ImageId": .string(image),
              "BlockDeviceMappings": [
                ["VirtualName": "ephemeral0"], ["Ebs": ["SnapshotId": .string(snapshot)]],
              ],
            ]
          })
      ]
    default: return [:]
    }
  }
}

private func selector(_ type: String, _ criteria: [String: Value] = [:]) -> ResourceSelector {
  ResourceSelector(type: type, criteria: criteria)
}

private let web = ["tags": TagFilter(["team": ["web"]]).criterion]

@Suite struct CleanupTypeTests {
  @Test func findsSnapshotsThatNothingElseLooksAfter() async throws {
    let aws = snapshots(
      [
        snapshot(1), snapshot(2), snapshot(3, ["State": "pending"]),
        snapshot(4, ["Tags": [["Key": "aws:dlm:lifecycle-policy-id", "Value": "policy-1"]]]),
        snapshot(5, ["Tags": [["Key": "aws:backup:source-resource", "Value": "x"]]]),
        snapshot(6, ["Tags": [["Key": "dlm:managed", "Value": "true"]]]),
      ], images: ["ami-1": "snap-2"])
    let type = resourceType("ec2/snapshot", aws)
    let found = try await type.find(selector("ec2/snapshot"))
    #expect(Set(found.keys) == ["snap-1"])
    #expect(
      found["snap-1"]?.attributes == [
        "created": "2026-09-21T14:13:20Z", "volume": "vol-1", "size": 100, "usedBy": "nothing",
        "tags": ["team": "web"],
      ])
    // Disabled images count, which EC2 leaves out unasked.
    #expect(aws.inputs(of: "DescribeImages").map { $0["IncludeDisabled"] } == [true])
    #expect(aws.inputs(of: "DescribeSnapshots").map { $0["OwnerIds"] } == [["self"]])
    let read = try await type.read(["snap-1", "snap-2", "snap-4", "snap-9"])
    #expect(
      read.mapValues { $0.attributes["usedBy"] } == [
        "snap-1": "nothing", "snap-2": "ami-1", "snap-4": "Data Lifecycle Manager",
      ])
  }

  @Test(arguments: [(200, 2), (1000, 2), (1001, 3)])
  func findsAThousandSnapshotsARequest(count: Int, requests: Int) async throws {
    let aws = snapshots((0..<count).map { snapshot($0) })
    let type = resourceType("ec2/snapshot", aws)
    #expect(try await type.find(selector("ec2/snapshot")).count == count)
    #expect(aws.calls.count == requests)
  }

  @Test func readsTwoHundredSnapshotsARequest() async throws {
    let aws = snapshots((0..<500).map { snapshot($0) })
    let found = try await resourceType("ec2/snapshot", aws).read(
      Set((0..<500).map { "snap-\($0)" }))
    #expect(found.count == 500)
    #expect(aws.inputs(of: "DescribeSnapshots").count == 3)
    #expect(aws.inputs(of: "DescribeImages").count == 1)
  }

  @Test func knowsWhatASnapshotSavesWhereItIsTheOnlyOneOfItsVolume() async throws {
    let type = resourceType(
      "ec2/snapshot",
      snapshots([
        snapshot(1), snapshot(2, volume: 7), snapshot(3, volume: 7),
        snapshot(4, ["StorageTier": "archive"]), snapshot(5, ["VolumeId": "vol-ffffffff"]),
      ]))
    func costs(_ criteria: [String: Value]) async throws -> [String: Decimal] {
      try await type.find(selector("ec2/snapshot", criteria)).compactMapValues {
        let cost = type.monthlyCost(attributes: $0.attributes, context: $0.context)
        return cost.isKnown ? cost.amount : nil
      }
    }
    #expect(try await costs([:]) == ["snap-1": Decimal(string: "0.5")])
    // Others of the volume may have other tags.
    #expect(try await costs(web) == [:])
    let found = try await type.find(selector("ec2/snapshot"))
    #expect(found["snap-2"]?.context["series"] == "vol-7")
    #expect(found["snap-5"]?.context["series"] == nil)
  }

  @Test func findsVolumesThatAreAttachedToNothing() async throws {
    let aws = FakeAWS { _, _ in
      [
        "Volumes": [
          [
            "VolumeId": "vol-1", "State": "available", "Size": 50, "VolumeType": "gp3",
            "Iops": 3000, "Throughput": 125, "CreateTime": 1_790_000_000,
            "Tags": [["Key": "team", "Value": "web"]],
          ],
          [
            "VolumeId": "vol-2", "State": "in-use", "Size": 50, "VolumeType": "gp2",
            "Attachments": [["InstanceId": "i-2"]], "Tags": [["Key": "team", "Value": "web"]],
          ],
          ["VolumeId": "vol-3", "State": "available", "Size": 50, "VolumeType": "gp2"],
        ]
      ]
    }
    let type = resourceType("ec2/unattached-volume", aws)
    let found = try await type.find(selector("ec2/unattached-volume", web))
    #expect(Set(found.keys) == ["vol-1"])
    #expect(
      aws.calls.map(\.input) == [
        [
          "Filters": [
            ["Name": "status", "Values": ["available"]], ["Name": "tag:team", "Values": ["web"]],
          ], "MaxResults": 1000,
        ]
      ])
    let cost = type.monthlyCost(attributes: found["vol-1"]?.attributes ?? [:], context: [:])
    #expect(cost.amount == 4)
    let read = try await type.read(["vol-1", "vol-2"])
    #expect(read.mapValues { $0.attributes["usedBy"] } == ["vol-1": "nothing", "vol-2": "i-2"])
  }

  /// What is in use by now is not even tried.
  @Test(arguments: [
    ("ec2/unattached-volume", "DeleteVolume"), ("ec2/snapshot", "DeleteSnapshot"),
    ("ec2/address", "ReleaseAddress"),
  ]) func leavesAloneWhatIsUsedByNow(name: String, operation: String) async throws {
    let aws = FakeAWS { _, _ in [:] }
    let type = resourceType(name, aws)
    func write(_ user: Value) -> ResourceWrite {
      ResourceWrite(name: "x-1", live: LiveResource(attributes: ["usedBy": user]), set: [:])
    }
    let error = await #expect(throws: ResourceError.self) { try await type.delete(write("i-7")) }
    #expect(error?.code == .inUse)
    #expect(error?.message == "It is used by i-7 by now, and is left alone.")
    #expect(aws.calls == [])
    try await type.delete(write("nothing"))
    #expect(aws.operations == [operation])
    await #expect(throws: ResourceError.self) { try await type.create(write("nothing")) }
    #expect(type.isDeletable && !type.isCreatable)
    #expect(type.irreversible(write("nothing"), action: .delete) != nil)
  }

  @Test func findsAddressesThatAreAssociatedWithNothing() async throws {
    let addresses: [Value] = [
      ["AllocationId": "eipalloc-1", "PublicIp": "203.0.113.1", "PublicIpv4Pool": "amazon"],
      ["AllocationId": "eipalloc-2", "PublicIp": "203.0.113.2", "AssociationId": "eipassoc-2"],
      ["AllocationId": "eipalloc-3", "PublicIp": "203.0.113.3", "ServiceManaged": "nlb"],
      [
        "AllocationId": "eipalloc-4", "PublicIp": "203.0.113.4", "PublicIpv4Pool": "ipv4pool-ec2-1",
      ],
      ["PublicIp": "203.0.113.5"],
    ]
    let aws = FakeAWS { _, _ in ["Addresses": .list(addresses)] }
    let type = resourceType("ec2/address", aws)
    let found = try await type.find(selector("ec2/address"))
    #expect(Set(found.keys) == ["eipalloc-1", "eipalloc-4"])
    let costs = found.mapValues {
      type.monthlyCost(attributes: $0.attributes, context: $0.context)
    }
    #expect(costs["eipalloc-1"]?.amount == Decimal(string: "3.65"))
    #expect(costs["eipalloc-4"]?.isKnown == false)
    _ = try await type.read(Set((0..<1000).map { "eipalloc-\($0)" }))
    #expect(aws.calls.count == 2)
  }

  @Test func namesUploadsAsTheirURLsDo() async throws {
    let key = "a b/100%?uploadId=x/é"
    let upload: Value = [
      "Key": .string(key), "UploadId": "id-1", "Initiated": "2026-11-01T00:00:00Z",
      "StorageClass": "STANDARD",
    ]
    let aws = FakeAWS { _, _ in ["Uploads": [upload]] }
    let type = resourceType("s3/multipart-upload", aws)
    let found = try await type.find(selector(type.type, ["bucket": "exports"]))
    let name = "exports/\(key)?uploadId=id-1"
    #expect(
      found == [
        name: LiveResource(
          attributes: ["created": "2026-11-01T00:00:00Z", "storageClass": "STANDARD"])
      ])
    #expect(try await type.read([name]) == found)
    try await type.delete(ResourceWrite(name: name, live: found[name], set: [:]))
    #expect(
      aws.inputs(of: "AbortMultipartUpload") == [
        ["Bucket": "exports", "Key": .string(key), "UploadId": "id-1"]
      ])
  }

  @Test func readsTheUploadsOfABucketByWhatTheirKeysShare() async throws {
    let aws = FakeAWS { _, _ in ["Uploads": []] }
    _ = try await resourceType("s3/multipart-upload", aws).read([
      "one/logs/1?uploadId=a", "one/logs/2?uploadId=b", "two/x?uploadId=c", "no name",
    ])
    #expect(
      Set(aws.calls.map(\.input)) == [
        ["Bucket": "one", "Prefix": "logs/"], ["Bucket": "two", "Prefix": "x"],
      ])
  }

  @Test func findsTheBucketsOfAPrefixInTheRegion() async throws {
    let aws = FakeAWS { operation, input in
      if operation == "ListBuckets" {
        return ["Buckets": [["Name": "logs-a"], ["Name": "logs-b"]]]
      }
      if input["Bucket"] == "logs-b" { throw FakeFailure(code: "NoSuchBucket") }
      return ["Uploads": [["Key": "k", "UploadId": "u"]]]
    }
    let type = resourceType("s3/multipart-upload", aws)
    // One that went in between is no error; one that is named is.
    let found = try await type.find(selector(type.type, ["bucketPrefix": "logs-"]))
    #expect(Set(found.keys) == ["logs-a/k?uploadId=u"])
    #expect(
      aws.inputs(of: "ListBuckets") == [["BucketRegion": "us-east-1", "Prefix": "logs-"]])
    await #expect(throws: ResourceError.self) {
      try await type.find(selector(type.type, ["bucket": "logs-b"]))
    }
  }

  @Test func asksForTheLeast() {
    func permissions(_ type: String, _ access: Access, _ name: String) -> [String] {
      resourceType(type).permissions(access, on: [name]).flatMap { permission in
        permission.actions.flatMap { action in
          permission.resources.map { "\(action) \($0)" }
        }
      }
    }
    #expect(
      permissions("ec2/snapshot", .write, "*")
        == ["ec2:DeleteSnapshot arn:aws:ec2:us-east-1::snapshot/*"])
    #expect(
      permissions("ec2/unattached-volume", .write, "*")
        == ["ec2:DeleteVolume arn:aws:ec2:us-east-1:123456789012:volume/*"])
    let type = resourceType("s3/multipart-upload")
    let one = type.pattern(of: selector(type.type, ["bucket": "exports"]))
    #expect(
      permissions(type.type, .write, one) == ["s3:AbortMultipartUpload arn:aws:s3:::exports/*"])
    let some = type.pattern(of: selector(type.type, ["bucketPrefix": "logs-"]))
    #expect(
      permissions(type.type, .read, some) == [
        "s3:ListAllMyBuckets *", "s3:ListBucketMultipartUploads arn:aws:s3:::logs-*",
      ])
  }
}
