internal import Foundation
internal import Manifests
internal import Model

/// Reports a throughput (MiB/s) and IOPS that no gp3 volume takes together, and IOPS that none of its size (GiB)
/// takes. What is not said is not known here.
func checkStorageSpeed(
  iops: Located<Int>?, throughput: Located<Int>?, size: Int? = nil,
  into diagnostics: inout Diagnostics
) {
  if let iops, let throughput,
    Decimal(throughput.value) > Decimal(iops.value) * GP3Volume.throughputPerIOPS
  {
    let needed = Decimal(throughput.value) / GP3Volume.throughputPerIOPS
    diagnostics.add(
      error: "more throughput than the IOPS allow", at: throughput.range,
      detail: "gp3 has at most \(GP3Volume.throughputPerIOPS) MiB/s for each of its IOPS: with"
        + " \(iops.value) IOPS \(Decimal(iops.value) * GP3Volume.throughputPerIOPS) MiB/s.",
      hint: "Set `iops: \(needed)`, or less throughput.")
  }
  if let iops, let size, Decimal(iops.value) > Decimal(size) * GP3Volume.iopsPerGiB {
    diagnostics.add(
      error: "more IOPS than the size allows", at: iops.range,
      detail: "gp3 has at most \(GP3Volume.iopsPerGiB) IOPS for each GiB: with \(size) GiB"
        + " \(Decimal(size) * GP3Volume.iopsPerGiB).")
  }
}
