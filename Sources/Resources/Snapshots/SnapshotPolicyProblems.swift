internal import Foundation
internal import Model

/// What DLM would refuse about a write of a policy (API description of dlm).
struct SnapshotPolicyProblems {
  private let write: ResourceWrite

  /// The problems of a write.
  init(_ write: ResourceWrite) { self.write = write }

  /// The problems.
  var all: [ResourceProblem] {
    let schedules = Set(
      write.result.keys.compactMap { SnapshotPolicyDocument.part($0)?.schedule })
    var problems: [ResourceProblem] = []
    if schedules.isEmpty {
      problems.append(ResourceProblem(nil, "A policy has at least one schedule."))
    }
    if schedules.count > 4 {
      problems.append(
        ResourceProblem(
          nil, "A policy has at most four schedules; this one would have \(schedules.count)."))
    }
    if SnapshotPolicyType.isID(write.name), write.live == nil {
      problems.append(
        ResourceProblem(
          nil, "There is no policy with this ID. Leave `policy` out to make a new one."))
    }
    if let tags = write.set["targetTags"], !(1...50).contains(tags.elements.count) {
      problems.append(ResourceProblem("targetTags", "A policy has 1 to 50 target tags."))
    }
    return problems
  }
}
