/// The name of a region's partition, as ARNs have it: `aws`, `aws-cn`, `aws-us-gov`.
public func partitionName(ofRegion region: String) -> String { Partition.of(region: region).name }

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
  static let all = EndpointData.partitions.split(separator: "\n").map(Partition.init)

  /// Reads a line of `EndpointData.partitions`.
  private init(_ line: Substring) {
    let parts = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    name = parts[0]
    dnsSuffix = parts[1]
    dualStackSuffix = parts[2]
    regionPrefixes = parts[3].split(separator: ",").map(String.init)
  }

  /// The partition of a region: the one whose beginning fits most of the name.
  static func of(region: String) -> Partition {
    let fits = all.map { partition in
      partition.regionPrefixes.filter { region.hasPrefix($0) }.map(\.count).max() ?? 0
    }
    let best = fits.max() ?? 0
    return zip(all, fits).first { $0.1 == best }?.0 ?? all[0]
  }
}
