import CurlTransport
import Foundation
import Model
import Testing

@testable import AWSClient

@Suite struct CallTests {
  @Test(arguments: ServiceModels.names)
  func readsEveryDescription(_ service: String) throws {
    let text = try #require(ServiceModels.text(of: service))
    let description = try APIDescription(text: text.utf8)
    #expect(!description.operations.isEmpty)
    #expect(WireProtocol(description.metadata) != nil)
  }

  @Test func putsLifecycleAsS3WantsIt() async throws {
    let test = TestClient([.status(200, "")])
    _ = try await test.client.call(
      "s3", "PutBucketLifecycleConfiguration",
      [
        "Bucket": "my-bucket", "TransitionDefaultMinimumObjectSize": "varies_by_storage_class",
        "LifecycleConfiguration": [
          "Rules": [["ID": "r", "Status": "Enabled", "Filter": ["Prefix": "a/"]]]
        ],
      ])
    let request = try #require(test.transport.requests.first)
    #expect(request.method == "PUT")
    #expect(request.url == "https://my-bucket.s3.us-east-1.amazonaws.com/?lifecycle")
    #expect(request.header("Host") == "my-bucket.s3.us-east-1.amazonaws.com")
    #expect(request.header("Content-MD5") == "/8WWQXRhEW+XEDNy1Il7EA==")
    #expect(request.header("x-amz-content-sha256")?.count == 64)
    #expect(
      request.header("x-amz-transition-default-minimum-object-size") == "varies_by_storage_class")
    #expect(
      request.text == #"<LifecycleConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">"#
        + "<Rule><ID>r</ID><Filter><Prefix>a/</Prefix></Filter><Status>Enabled</Status></Rule>"
        + "</LifecycleConfiguration>")
  }

  @Test func namesTheBucketsRegion() async {
    let body = "<Error><Code>PermanentRedirect</Code><Message>elsewhere</Message></Error>"
    let redirect = TestClient([.status(301, body, headers: ["x-amz-bucket-region": "eu-west-1"])])
    let malformed = TestClient([
      .status(
        400, "<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-west-1</Region></Error>")
    ])
    for test in [redirect, malformed] {
      let error = await test.failure("s3", "GetBucketLifecycleConfiguration", ["Bucket": "bbb"])
      #expect(error?.message == "the bucket is in region eu-west-1, not in us-east-1")
      #expect(test.transport.requests.count == 1)
    }
  }

  @Test(arguments: [
    (400, #"{"__type":"ServiceNotFoundException"}"#, AWSError.Kind.notFound),
    (400, #"{"__type":"AccessDeniedException"}"#, .accessDenied),
    (400, #"{"__type":"InvalidParameterException"}"#, .invalidInput),
    (400, #"{"__type":"ClientException"}"#, .clientFault),
    (403, #"{"__type":"UnrecognizedClientException"}"#, .accessDenied),
    (500, #"{"__type":"ServerException"}"#, .serverFault), (404, "<html>", .notFound),
    (501, "<html>", .serverFault), (429, "", .throttled),
    (400, #"{"__type":"ExpiredTokenException"}"#, .expiredCredentials),
  ])
  func sortsErrors(_ status: Int, _ body: String, _ kind: AWSError.Kind) async {
    let error = await TestClient([.status(status, body)]).failure("ecs", "ListClusters")
    #expect(error?.kind == kind)
    #expect(error?.status == status)
    #expect(error?.region == "us-east-1")
  }

  @Test func refusesBadInputBeforeSending() async {
    let test = TestClient([.status(200)])
    let error = await test.failure("ecs", "DescribeServices", ["services": "web"])
    #expect(error?.code == "InvalidInput")
    #expect(error?.message == "services: must be a list")
    #expect(await test.failure("ecs", "Fly")?.code == "UnknownOperation")
    #expect(await test.failure("nasa", "Fly")?.code == "UnknownOperation")
    let lost = TestClient([.status(200)], region: "evil.example/")
    #expect(await lost.failure("ecs", "ListClusters")?.code == "InvalidEndpoint")
    #expect(test.transport.requests.isEmpty && lost.transport.requests.isEmpty)
  }

  @Test func unknownErrorKeepsBody() async {
    let page = "<html>" + String(repeating: "x", count: 5000)
    let error = await TestClient([.status(418, page)]).failure("ecs", "ListClusters")
    #expect(error?.code == "418")
    #expect(error?.body?.utf8.count == 2048)
  }

  @Test func tellsOfEachCall() async throws {
    let test = TestClient([.status(200, "{}", headers: ["x-amzn-requestid": "r"])])
    _ = try await test.client.call(
      "budgets", "DeleteBudget", ["AccountId": "123456789012", "BudgetName": "b"])
    let trace = test.traces.withLock { $0 }
    #expect(trace.map(\.requestID) == ["r"])
    #expect(trace.map(\.tries) == [1])
    #expect(test.transport.requests.first?.url == "https://budgets.amazonaws.com/")
    #expect(
      test.transport.requests.first?.header("authorization")?.contains("/us-east-1/budgets/")
        == true)
  }

  @Test func showsNoSecret() async {
    let keys = TestClient.keys
    let echo = """
      {"__type":"Odd","message":"you sent \(keys.secretAccessKey) with \(keys.sessionToken ?? "") by \
      \(keys.accessKeyID). The Canonical String for this request should have been 'POST...'"}
      """
    for body in [echo, "<html>\(keys.secretAccessKey)</html>"] {
      let test = TestClient([.status(400, body)])
      let error = await test.failure("ecs", "ListClusters", ["maxResults": 1])
      let shown =
        "\(String(describing: error)) \(String(reflecting: error)) \(error?.message ?? "")"
        + "\(error?.body ?? "") \(test.traces.withLock { $0 })"
      for secret in [keys.secretAccessKey, keys.sessionToken ?? "", keys.accessKeyID] {
        #expect(!shown.contains(secret))
      }
      #expect(!shown.contains("Canonical String"))
    }
    var dumped = ""
    dump(keys, to: &dumped)
    #expect(!"\(keys) \(String(reflecting: keys)) \(dumped)".contains("wJalr"))
  }
}
