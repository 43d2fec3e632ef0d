internal import Manifests
internal import Model

/// Reports a size that Fargate does not have, with those that it has.
func checkFargateSize(
  cpu: Located<Int>?, memory: Located<Int>?, into diagnostics: inout Diagnostics
) {
  if let cpu, !FargateSize.all.contains(where: { $0.cpu == cpu.value }) {
    let sizes = FargateSize.all.map { vCPU($0.cpu) }
    diagnostics.add(
      error: "a CPU size that Fargate does not have", at: cpu.range,
      detail: "\(vCPU(cpu.value)) is none of \(alternatives(sizes)). \(elsewhere)",
      // Who writes 1 or 2 means processors, of which each is 1,024 units.
      hint: cpu.value <= 16
        ? "Did you mean \(cpu.value) vCPU? A number without a unit counts units, 1024 to a vCPU."
        : nearest(FargateSize.all.map(\.cpu), to: cpu.value).map { "The nearest is \(vCPU($0))." })
    return
  }
  guard let memory else { return }
  let sizes = FargateSize.all.filter { $0.memory.contains(memory.value) }.map(\.cpu)
  guard let cpu, let row = FargateSize.all.first(where: { $0.cpu == cpu.value }) else {
    if sizes.isEmpty {
      diagnostics.add(
        error: "a memory size that Fargate does not have", at: memory.range,
        detail: "No CPU size of Fargate goes with \(gigabytes(memory.value)). \(elsewhere)")
    }
    return
  }
  guard !row.memory.contains(memory.value) else { return }
  let instead =
    sizes.isEmpty ? "" : " \(gigabytes(memory.value)) goes with \(alternatives(sizes.map(vCPU)))."
  diagnostics.add(
    error: "a memory size that Fargate does not have for this CPU size", at: memory.range,
    detail: "With \(vCPU(cpu.value)) the memory is \(range(row.memory)).\(instead) \(elsewhere)",
    hint: nearest(row.memory, to: memory.value).map { "The nearest is \(gigabytes($0))." })
}

/// The way out for who does not use Fargate.
private let elsewhere = "A service on EC2 has any size: say so with `launchType: ec2`."

private func nearest(_ sizes: [Int], to size: Int) -> Int? {
  sizes.min { abs($0 - size) < abs($1 - size) }
}

/// The sizes in words; a long row of equal steps as its ends and its step.
private func range(_ sizes: [Int]) -> String {
  guard let first = sizes.first, let last = sizes.last, sizes.count > 4 else {
    return alternatives(sizes.map(gigabytes))
  }
  return "\(gigabytes(first)) to \(gigabytes(last)) in steps of \(gigabytes(sizes[1] - first))"
}

private func vCPU(_ units: Int) -> String {
  units % 256 == 0 ? "\(quarters(units * 4 / 1024)) vCPU" : "\(units) units"
}

private func gigabytes(_ mebibytes: Int) -> String {
  mebibytes % 1024 == 0 ? "\(mebibytes / 1024) GB" : "\(mebibytes) MB"
}

/// A number of quarters as a decimal number.
private func quarters(_ count: Int) -> String {
  let fraction = ["", ".25", ".5", ".75"][count % 4]
  return "\(count / 4)\(fraction)"
}
