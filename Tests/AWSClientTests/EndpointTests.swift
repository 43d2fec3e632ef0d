import Foundation
import Model
import Testing

@testable import AWSClient

@Suite struct EndpointTests {
  private func resolve(
    _ service: String, _ region: String, _ settings: EndpointSettings = EndpointSettings()
  ) throws -> Endpoint {
    try EndpointResolver.resolve(service: service, region: region, settings: settings)
  }

  @Test(arguments: [
    ("ecs", "us-east-2", "ecs.us-east-2.amazonaws.com", "us-east-2", "ecs"),
    (
      "application-autoscaling", "eu-west-1", "application-autoscaling.eu-west-1.amazonaws.com",
      "eu-west-1", "application-autoscaling"
    ),
    ("cloudwatch", "us-east-1", "monitoring.us-east-1.amazonaws.com", "us-east-1", "monitoring"),
    ("budgets", "eu-west-1", "budgets.amazonaws.com", "us-east-1", "budgets"),
    ("budgets", "cn-north-1", "budgets.amazonaws.com.cn", "cn-northwest-1", "budgets"),
    ("sts", "us-gov-west-1", "sts.us-gov-west-1.amazonaws.com", "us-gov-west-1", "sts"),
    ("s3", "cn-north-1", "s3.cn-north-1.amazonaws.com.cn", "cn-north-1", "s3"),
  ])
  func findsHost(
    _ service: String, _ region: String, _ host: String, _ signing: String, _ name: String
  ) throws {
    let endpoint = try resolve(service, region)
    #expect(endpoint.host == host)
    #expect(endpoint.signingRegion == signing)
    #expect(endpoint.signingName == name)
  }

  @Test func ownURLWins() throws {
    let settings = EndpointSettings(
      url: "http://127.0.0.1:5000/base/",
      serviceURLs: ["application_auto_scaling": "https://aas:443"])
    let general = try resolve("ecs", "us-east-2", settings)
    #expect(
      general.scheme == "http" && general.host == "127.0.0.1:5000" && general.basePath == "/base")
    #expect(try resolve("application-autoscaling", "us-east-2", settings).host == "aas")
    #expect(try resolve("budgets", "us-east-2", settings).signingRegion == "us-east-1")
  }

  @Test(arguments: ["ftp://x", "http://", "http://user:pw@x", "x:5000", "http://x/?a=b", ""])
  func refusesURL(_ url: String) {
    #expect(throws: EndpointFault.self) {
      try resolve("ecs", "us-east-1", EndpointSettings(url: url))
    }
  }

  @Test(arguments: ["", "us-east-1.evil.example/", "US-EAST-1", "us east", "-"])
  func refusesRegion(_ region: String) {
    #expect(throws: EndpointFault.self) { try resolve("ecs", region) }
  }

  @Test(arguments: [
    (
      "https", "s3.eu-west-1.amazonaws.com", false, "my-bucket",
      "my-bucket.s3.eu-west-1.amazonaws.com", "/"
    ),
    (
      "https", "s3.eu-west-1.amazonaws.com", false, "my.bucket", "s3.eu-west-1.amazonaws.com",
      "/my.bucket"
    ),
    (
      "https", "s3.eu-west-1.amazonaws.com", false, "Old_Bucket", "s3.eu-west-1.amazonaws.com",
      "/Old_Bucket"
    ),
    ("http", "127.0.0.1:5000", true, "my-bucket", "127.0.0.1:5000", "/my-bucket"),
    ("http", "localhost:5000", true, "my-bucket", "localhost:5000", "/my-bucket"),
    ("http", "[::1]:5000", true, "my-bucket", "[::1]:5000", "/my-bucket"),
    ("http", "minio:9000", true, "my-bucket", "minio:9000", "/my-bucket"),
    ("https", "s3.example.com", true, "my-bucket", "s3.example.com", "/my-bucket"),
  ])
  func placesBucket(
    _ scheme: String, _ host: String, _ isConfigured: Bool, _ bucket: String, _ placedHost: String,
    _ path: String
  ) {
    let endpoint = Endpoint(
      scheme: scheme, host: host, basePath: "", signingRegion: "", signingName: "",
      isConfigured: isConfigured)
    let placed = S3Addressing.place(path: "/\(bucket)", bucket: bucket, endpoint: endpoint)
    #expect(placed.host == placedHost)
    #expect(placed.path == path)
    let inPath = S3Addressing.place(
      path: "/\(bucket)", bucket: bucket, endpoint: endpoint, usesPathStyle: true)
    #expect(inPath.host == host)
    #expect(inPath.path == "/\(bucket)")
  }

  @Test(arguments: [
    ("s3.example.com", "my-bucket", "my-bucket.s3.example.com"),
    ("s3.example.com", "my.bucket", "s3.example.com"), ("10.0.0.1", "my-bucket", "10.0.0.1"),
  ])
  func placesBucketBeforeAHostOfOnesOwnWhereAsked(
    _ host: String, _ bucket: String, _ placedHost: String
  ) {
    let endpoint = Endpoint(
      scheme: "https", host: host, basePath: "", signingRegion: "", signingName: "",
      isConfigured: true)
    let placed = S3Addressing.place(
      path: "/\(bucket)", bucket: bucket, endpoint: endpoint, usesPathStyle: false)
    #expect(placed.host == placedHost)
  }

  @Test(arguments: [
    ("eu-west-1", "aws"), ("mars-north-1", "aws"), ("cn-north-1", "aws-cn"),
    ("us-gov-east-1", "aws-us-gov"), ("us-iso-west-1", "aws-iso"), ("us-isob-east-1", "aws-iso-b"),
    ("aws-iso-b-global", "aws-iso-b"), ("eusc-de-east-1", "aws-eusc"),
  ])
  func findsPartition(_ region: String, _ name: String) {
    #expect(Partition.of(region: region).name == name)
  }

  @Test func coversTheServicesThatHaveDescriptions() {
    for name in ServiceModels.names { #expect(EndpointTable.service(name) != nil, "\(name)") }
  }

  @Test func takesNamesOfUnknownServices() throws {
    let names = EndpointResolver.Names(prefix: "new", serviceID: "New One", signingName: "newsign")
    let settings = EndpointSettings(serviceURLs: ["new_one": "http://here:1"])
    let endpoint = try EndpointResolver.resolve(
      service: "newservice", names: names, region: "cn-north-1", settings: EndpointSettings())
    #expect(endpoint.host == "new.cn-north-1.amazonaws.com.cn")
    #expect(endpoint.signingName == "newsign")
    let own = try EndpointResolver.resolve(
      service: "newservice", names: names, region: "cn-north-1", settings: settings)
    #expect(own.host == "here:1")
  }
}
