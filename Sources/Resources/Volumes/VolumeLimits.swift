internal import Foundation
internal import Model

/// What a type of volume takes.
struct VolumeLimits {
  /// GiB (API description of ec2, ModifyVolume.Size).
  let size: ClosedRange<Decimal>
  /// The IOPS that can be asked for; nil where none can (ModifyVolume.Iops).
  var iops: ClosedRange<Decimal>?
  /// The most IOPS for each GiB (EBS user guide, provisioned IOPS and general purpose volumes).
  var iopsPerGiB: Decimal?
  /// The MiB/s that can be asked for; nil where none can (ModifyVolume.Throughput).
  var throughput: ClosedRange<Decimal>?

  /// The IOPS that gp3, io1 and io2 begin with, and gp3's MiB/s (ModifyVolume).
  static let initialIOPS: Decimal = 3000
  static let initialThroughput: Decimal = 125

  /// The limits of a type; nil for one that is not known.
  static func of(_ type: String) -> VolumeLimits? { all[type] }

  private static let all: [String: VolumeLimits] = [
    "gp2": VolumeLimits(size: 1...16_384),
    "gp3": VolumeLimits(
      size: 1...65_536, iops: 3000...80_000, iopsPerGiB: GP3Volume.iopsPerGiB,
      throughput: 125...2000),
    "io1": VolumeLimits(size: 4...16_384, iops: 100...64_000, iopsPerGiB: 50),
    "io2": VolumeLimits(size: 4...65_536, iops: 100...256_000, iopsPerGiB: 1000),
    "st1": VolumeLimits(size: 125...16_384),
    "sc1": VolumeLimits(size: 125...16_384),
    "standard": VolumeLimits(size: 1...1024),
  ]
}
