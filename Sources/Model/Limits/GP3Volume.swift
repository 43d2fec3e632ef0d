public import Foundation

/// How the speed of a gp3 volume, and so of the storage of a database that is made of such, hangs together (EBS
/// user guide, "General Purpose SSD volumes").
public enum GP3Volume {
  /// The most MiB/s for each of its IOPS.
  public static let throughputPerIOPS = Decimal(1) / 4
  /// The most IOPS for each GiB.
  public static let iopsPerGiB: Decimal = 500
}
