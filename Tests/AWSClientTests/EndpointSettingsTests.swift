import Testing

@testable import AWSClient

/// Where services are, by what stands in variables and in the profile.
@Suite struct EndpointSettingsTests {
  private func host(
    _ service: String, _ region: String = "us-east-2", profile: String = "",
    variables: [String: String] = [:]
  ) throws -> String {
    let settings = try AWSConfiguration.load(
      environment: variables.merging(["HOME": "/home/u"]) { given, _ in given }, region: region,
      readFile: { $0.hasSuffix("/config") ? "[default]\n\(profile)\n" : nil }
    ).endpoints
    return try EndpointResolver.resolve(service: service, region: region, settings: settings).host
  }

  static let hosts: [(String, String, [String: String], String)] = [
    ("ecs", "use_fips_endpoint = true", [:], "ecs-fips.us-east-2.amazonaws.com"),
    ("ecs", "use_dualstack_endpoint = True", [:], "ecs.us-east-2.api.aws"),
    (
      "ecs", "use_fips_endpoint = true", ["AWS_USE_FIPS_ENDPOINT": "false"],
      "ecs.us-east-2.amazonaws.com"
    ),
    ("s3", "s3 =\n  use_dualstack_endpoint = true", [:], "s3.dualstack.us-east-2.amazonaws.com"),
    ("ecs", "s3 =\n  use_dualstack_endpoint = true", [:], "ecs.us-east-2.amazonaws.com"),
    (
      "s3", "use_dualstack_endpoint = true\ns3 =\n  use_dualstack_endpoint = false", [:],
      "s3.us-east-2.amazonaws.com"
    ),
    ("sts", "", [:], "sts.us-east-2.amazonaws.com"),
    ("sts", "sts_regional_endpoints = legacy", [:], "sts.amazonaws.com"),
    ("sts", "", ["AWS_STS_REGIONAL_ENDPOINTS": "legacy"], "sts.amazonaws.com"),
    (
      "sts", "use_fips_endpoint = true\nsts_regional_endpoints = legacy", [:],
      "sts-fips.us-east-2.amazonaws.com"
    ),
    ("ecs", "endpoint_url = http://127.0.0.1:5", [:], "127.0.0.1:5"),
    (
      "ecs", "endpoint_url = http://127.0.0.1:5\nignore_configured_endpoint_urls = true",
      ["AWS_ENDPOINT_URL": "http://127.0.0.1:6", "AWS_ENDPOINT_URL_ECS": "http://127.0.0.1:7"],
      "ecs.us-east-2.amazonaws.com"
    ),
    (
      "ecs", "ignore_configured_endpoint_urls = true",
      [
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "false",
        "AWS_ENDPOINT_URL_ECS": "http://127.0.0.1:7",
      ], "127.0.0.1:7"
    ),
    (
      "sts", "sts_regional_endpoints = legacy", ["AWS_ENDPOINT_URL_STS": "http://127.0.0.1:4"],
      "127.0.0.1:4"
    ),
  ]

  @Test(arguments: hosts)
  func followsSettings(
    _ service: String, _ profile: String, _ variables: [String: String], _ expected: String
  ) throws {
    #expect(try host(service, profile: profile, variables: variables) == expected)
  }

  @Test func newerRegionsHaveNoGlobalSTS() throws {
    let legacy = ["AWS_STS_REGIONAL_ENDPOINTS": "legacy"]
    #expect(
      try host("sts", "af-south-1", variables: legacy) == "sts.af-south-1.amazonaws.com")
  }

  @Test(arguments: [("auto", nil), ("virtual", false), ("path", true)])
  func readsS3AddressingStyle(_ style: String, _ usesPathStyle: Bool?) throws {
    let settings = try AWSConfiguration.load(
      environment: ["HOME": "/h"], region: "us-east-2",
      readFile: { $0.hasSuffix("config") ? "[default]\ns3 =\n  addressing_style = \(style)" : nil }
    ).endpoints
    #expect(settings.usesPathStyle == usesPathStyle)
  }

  @Test func hostPrefixesMayBeSwitchedOff() throws {
    let settings = try AWSConfiguration.load(
      environment: ["AWS_DISABLE_HOST_PREFIX_INJECTION": "true"], region: "us-east-2",
      readFile: { _ in nil }
    ).endpoints
    #expect(settings.omitsHostPrefix)
  }

  @Test func findsServicesSection() throws {
    let section = "\n[services local]\ns3 =\n  endpoint_url = http://127.0.0.1:3\n"
    #expect(try host("s3", profile: "services = local" + section) == "127.0.0.1:3")
    // Where it is not asked for, it need not be there.
    let elsewhere = ["AWS_ENDPOINT_URL": "http://127.0.0.1:4"]
    #expect(try host("s3", profile: "services = typo", variables: elsewhere) == "127.0.0.1:4")
    let ignored = "services = typo\nignore_configured_endpoint_urls = true"
    #expect(try host("s3", profile: ignored) == "s3.us-east-2.amazonaws.com")
  }

  @Test(arguments: [
    "s3 =\n  addressing_style = sideways", "sts_regional_endpoints = none", "services = typo",
  ])
  func refusesWhatASettingCannotBe(_ profile: String) {
    #expect(throws: AWSError.self) { try host("s3", profile: profile) }
  }
}
