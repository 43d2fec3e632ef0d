internal import Manifests

extension ProjectEnvironment {
  /// The partition of ARNs in the environment's region.
  var partition: String {
    region.hasPrefix("cn-") ? "aws-cn" : region.hasPrefix("us-gov-") ? "aws-us-gov" : "aws"
  }
}
