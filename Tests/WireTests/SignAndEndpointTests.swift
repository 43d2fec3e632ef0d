import Model
import Testing

@Suite struct SignAndEndpointTests {
  private func sign(
    _ request: String, service: String = "service", token: String = "null"
  ) async throws -> Value {
    try await Wire.ask(
      """
      {"kind":"sign","request":"\(request)","access_key":"AKIDEXAMPLE","region":"us-east-1",
      "secret_key":"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY","token":\(token),
      "service":"\(service)","timestamp":"20150830T123600Z"}
      """)
  }

  @Test func signsARawRequest() async throws {
    let answer = try await sign(
      #"GET /ä b/./x/../?b=2&a=%2f&a=1 HTTP/1.1\r\nHost:example.amazonaws.com\r\n"#
        + #"My-Header:  one\r\n   two  \r\nMy-Header:three\r\nAuthorization:old\r\n\r\n"#)
    #expect(
      answer["canonical"] == """
        GET
        /%C3%A4%20b/
        a=%2F&a=1&b=2
        host:example.amazonaws.com
        my-header:one two,three
        x-amz-date:20150830T123600Z

        host;my-header;x-amz-date
        e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
        """)
    #expect(
      answer["string_to_sign"]?.string?
        .hasPrefix("AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/service/") == true)
    #expect(answer["authorization"]?.string?.contains("SignedHeaders=host;my-header;") == true)
  }

  @Test(arguments: ["HTTP/1.1", "HTTP/1.0", "HTTP/2"])
  func readsAnyVersion(_ version: String) async throws {
    let answer = try await sign(#"GET /a b \#(version)\nHost:h\n\n"#)
    #expect(answer["canonical"]?.string?.hasPrefix("GET\n/a%20b\n\nhost:h\n") == true)
  }

  @Test func followsTheRulesOfS3() async throws {
    let answer = try await sign(
      #"PUT //a/../b%20c HTTP/1.1\nHost:b.s3.amazonaws.com\nX-Amz-Date:19990101T000000Z\n\nhello"#,
      service: "s3", token: "\"TOKEN\"")
    #expect(
      answer["canonical"] == """
        PUT
        //a/../b%20c

        host:b.s3.amazonaws.com
        x-amz-content-sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824
        x-amz-date:20150830T123600Z
        x-amz-security-token:TOKEN

        host;x-amz-content-sha256;x-amz-date;x-amz-security-token
        2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824
        """)
  }

  @Test func believesAGivenHash() async throws {
    let answer = try await sign(
      #"PUT / HTTP/1.1\nHost:h\nX-Amz-Content-Sha256:UNSIGNED-PAYLOAD\n\nhello"#, service: "s3")
    #expect(answer["canonical"]?.string?.hasSuffix("\nUNSIGNED-PAYLOAD") == true)
  }

  @Test(arguments: ["", "GET", #"GET / HTTP/1.1\nno colon\n\n"#])
  func refusesWhatIsNoRequest(_ request: String) async throws {
    #expect(try await sign(request)["exception"] != nil)
  }

  @Test(arguments: [
    ("iam", "eu-west-1", "", "https://iam.amazonaws.com", "us-east-1", "iam"),
    ("iam", "us-gov-east-1", "", "https://iam.us-gov.amazonaws.com", "us-gov-west-1", "iam"),
    ("ce", "ap-south-1", "", "https://ce.us-east-1.amazonaws.com", "us-east-1", "ce"),
    (
      "cloudfront", "cn-north-1", "", "https://cloudfront.cn-northwest-1.amazonaws.com.cn",
      "cn-northwest-1", "cloudfront"
    ),
    (
      "organizations", "us-west-2", "", "https://organizations.us-east-1.amazonaws.com",
      "us-east-1", "organizations"
    ),
    (
      "elbv2", "cn-north-1", "", "https://elasticloadbalancing.cn-north-1.amazonaws.com.cn",
      "cn-north-1", "elasticloadbalancing"
    ),
    (
      "ec2", "us-east-2", #","fips":true"#, "https://ec2-fips.us-east-2.amazonaws.com",
      "us-east-2", "ec2"
    ),
    (
      "s3", "eu-west-1", #","dualstack":true"#, "https://s3.dualstack.eu-west-1.amazonaws.com",
      "eu-west-1", "s3"
    ),
    ("ssm", "us-iso-east-1", "", "https://ssm.us-iso-east-1.c2s.ic.gov", "us-iso-east-1", "ssm"),
    (
      "efs", "us-east-2", #","environment":{"AWS_USE_DUALSTACK_ENDPOINT":"true"}"#,
      "https://efs.us-east-2.api.aws", "us-east-2", "elasticfilesystem"
    ),
    (
      "application-autoscaling", "eu-west-1",
      #","environment":{"AWS_ENDPOINT_URL":"http://a:1","#
        + #""AWS_ENDPOINT_URL_APPLICATION_AUTO_SCALING":"http://b:2/x"}"#,
      "http://b:2/x", "eu-west-1", "application-autoscaling"
    ),
    (
      "budgets", "eu-west-1", #","environment":{"AWS_ENDPOINT_URL":"http://a:1"}"#, "http://a:1",
      "us-east-1", "budgets"
    ),
    (
      "timestream-query", "us-east-1", "", "https://query.timestream.us-east-1.amazonaws.com",
      "us-east-1", "timestream"
    ),
    ("acm", "eu-west-1", "", "https://acm.eu-west-1.amazonaws.com", "eu-west-1", "acm"),
    ("dynamodb", "local", "", "http://localhost:8000", "us-east-1", "dynamodb"),
    (
      "memorydb", "fips", "", "https://memory-db-fips.us-west-1.amazonaws.com", "us-west-1",
      "memorydb"
    ),
    (
      "sns", "eu-west-1",
      #","environment":{"AWS_ENDPOINT_URL":"x","AWS_IGNORE_CONFIGURED_ENDPOINT_URLS":"true"}"#,
      "https://sns.eu-west-1.amazonaws.com", "eu-west-1", "sns"
    ),
  ])
  func findsEndpoints(
    _ service: String, _ region: String, _ more: String, _ url: String, _ signingRegion: String,
    _ signingName: String
  ) async throws {
    let answer = try await Wire.ask(
      #"{"kind":"endpoint","service":"\#(service)","region":"\#(region)"\#(more)}"#)
    #expect(
      answer == [
        "url": .string(url), "signing_region": .string(signingRegion),
        "signing_name": .string(signingName),
      ])
  }

  @Test(arguments: [
    #"{"kind":"endpoint","service":"nosuch","region":"us-east-1"}"#,
    #"{"kind":"endpoint","service":"dynamodb","region":"local","fips":true}"#,
    #"{"kind":"endpoint","service":"s3","region":"cn-north-1","fips":true}"#,
    #"{"kind":"endpoint","service":"s3","region":"evil.example/"}"#,
    #"{"kind":"endpoint","service":"s3","region":"us-east-1","fips":true,"#
      + #""environment":{"AWS_ENDPOINT_URL":"http://a"}}"#,
  ])
  func refusesWhereThereIsNoEndpoint(_ question: String) async throws {
    #expect(try await Wire.ask(question)["exception"] != nil)
  }
}
