/// How the metadata service of an instance is reached, from variables and a profile.
struct InstanceSettings: Sendable {
  /// Whether it must not be asked at all.
  let isDisabled: Bool
  /// Whether a service that gives no token may be asked without.
  let allowsVersionOne: Bool
  /// How long each try may take.
  let timeout: Duration
  /// How often a request is tried.
  let attempts: Int
  private let endpoint: String?
  private let mode: String

  /// Reads the settings; variables come before the profile's lines.
  init(environment: [String: String], profile: ProfileFiles.Section) {
    func setting(_ variable: String, _ key: String) -> String? {
      environment.nonEmpty(variable) ?? profile.nonEmpty(key)
    }
    func number(_ variable: String, _ key: String) -> Int? {
      setting(variable, key).flatMap { Int($0) }.flatMap { (1...100).contains($0) ? $0 : nil }
    }
    isDisabled = environment["AWS_EC2_METADATA_DISABLED"]?.lowercased() == "true"
    allowsVersionOne =
      setting("AWS_EC2_METADATA_V1_DISABLED", "ec2_metadata_v1_disabled")?.lowercased() == "false"
    timeout = .seconds(
      number("AWS_METADATA_SERVICE_TIMEOUT", "metadata_service_timeout") ?? 1)
    attempts = number("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "metadata_service_num_attempts") ?? 2
    endpoint = setting("AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint")
    mode =
      setting("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ec2_metadata_service_endpoint_mode")
      ?? "IPv4"
  }

  /// Where the service is, without a slash behind.
  func base() throws(CredentialFault) -> String {
    if let endpoint {
      guard ServicePlace(endpoint) != nil, !endpoint.contains("?") else {
        throw fault("AWS_EC2_METADATA_SERVICE_ENDPOINT is no http or https URL")
      }
      return endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint
    }
    switch mode.lowercased() {
    case "ipv4": return "http://169.254.169.254"
    case "ipv6": return "http://[fd00:ec2::254]"
    default:
      throw fault("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE is neither IPv4 nor IPv6")
    }
  }

  private func fault(_ message: String) -> CredentialFault {
    CredentialFault(provider: "instance metadata", message: message)
  }
}
