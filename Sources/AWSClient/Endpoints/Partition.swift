/// A separate world of AWS, with its own regions, accounts and hosts.
struct Partition: Hashable, Sendable {
  /// The name, as ARNs have it.
  let name: String
  /// What its hosts end in.
  let dnsSuffix: String
  /// What its hosts with IPv6 addresses end in.
  let dualStackSuffix: String
  /// The beginnings of its regions' names.
  private let regionPrefixes: [String]

  /// All partitions; the first takes the regions that none else claims.
  static let all = [
    Partition(
      name: "aws", dnsSuffix: "amazonaws.com", dualStackSuffix: "api.aws", regionPrefixes: []),
    Partition(
      name: "aws-cn", dnsSuffix: "amazonaws.com.cn",
      dualStackSuffix: "api.amazonwebservices.com.cn",
      regionPrefixes: ["cn-"]),
    Partition(
      name: "aws-us-gov", dnsSuffix: "amazonaws.com", dualStackSuffix: "api.aws",
      regionPrefixes: ["us-gov-"]),
  ]

  /// The partition of a region.
  static func of(region: String) -> Partition {
    all.first { $0.regionPrefixes.contains(where: region.hasPrefix) } ?? all[0]
  }

  /// The host and signing region of a service that has one host for the whole partition.
  func globalHost(_ endpointPrefix: String) -> (host: String, region: String)? {
    Self.globalHosts[endpointPrefix]?[name]
  }

  /// Source: the endpoint rules that ship with botocore 1.44.
  private static let globalHosts: [String: [String: (host: String, region: String)]] = [
    "budgets": [
      "aws": ("budgets.amazonaws.com", "us-east-1"),
      "aws-cn": ("budgets.amazonaws.com.cn", "cn-northwest-1"),
    ],
    "ce": [
      "aws": ("ce.us-east-1.amazonaws.com", "us-east-1"),
      "aws-cn": ("ce.cn-northwest-1.amazonaws.com.cn", "cn-northwest-1"),
    ],
    "cloudfront": [
      "aws": ("cloudfront.amazonaws.com", "us-east-1"),
      "aws-cn": ("cloudfront.cn-northwest-1.amazonaws.com.cn", "cn-northwest-1"),
    ],
    "iam": [
      "aws": ("iam.amazonaws.com", "us-east-1"),
      "aws-cn": ("iam.cn-north-1.amazonaws.com.cn", "cn-north-1"),
      "aws-us-gov": ("iam.us-gov.amazonaws.com", "us-gov-west-1"),
    ],
    "organizations": [
      "aws": ("organizations.us-east-1.amazonaws.com", "us-east-1"),
      "aws-cn": ("organizations.cn-northwest-1.amazonaws.com.cn", "cn-northwest-1"),
      "aws-us-gov": ("organizations.us-gov-west-1.amazonaws.com", "us-gov-west-1"),
    ],
  ]
}
