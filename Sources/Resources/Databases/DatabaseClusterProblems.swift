internal import Foundation
internal import Model

/// What RDS would refuse about a write to a cluster (API description of rds, ModifyDBCluster and
/// ServerlessV2ScalingConfiguration).
struct DatabaseClusterProblems {
  private let write: ResourceWrite
  private let context: [String: Value]

  /// The problems of a write.
  init(_ write: ResourceWrite) {
    self.write = write
    context = write.live?.context ?? [:]
  }

  /// The problems; none for a cluster that is not there, which is a problem of its own.
  var all: [ResourceProblem] {
    guard write.live != nil else { return [] }
    var problems: [ResourceProblem] = []
    if let problem = databaseStateProblem(write, called: "cluster") { problems.append(problem) }
    if let pending = context["pending"]?.elements.compactMap(\.string),
      case let others = pending.filter({ $0 != "BackupRetentionPeriod" }), !others.isEmpty
    {
      problems.append(
        ResourceProblem(
          nil,
          "Changes of \(others.joined(separator: ", ")) wait for the maintenance window; they are"
            + " carried out at once with this one.", severity: .warning))
    }
    if !write.touched.isDisjoint(with: DatabaseClusterType.members.keys) { problems += capacity }
    return problems
  }

  private var capacity: [ResourceProblem] {
    if context["engineMode"] == "serverless"
      || context["engine"]?.string?.hasPrefix("aurora") != true
    {
      return [
        ResourceProblem(
          nil, "The cluster cannot be Aurora Serverless v2, and has no capacity to set.")
      ]
    }
    let result = write.result
    guard let least = result["minCapacity"]?.numeral, let most = result["maxCapacity"]?.numeral
    else {
      // Taken away as a whole: AWS has no way to do that, and bills nothing for a capacity without instances.
      return [
        ResourceProblem(
          nil,
          write.unset.isEmpty
            ? "Both the least and the most capacity are needed where the cluster has none."
            : "AWS does not take the capacity of Serverless v2 away again; say `onRemove: keep`.")
      ]
    }
    var problems: [ResourceProblem] = []
    if least > most {
      problems.append(
        ResourceProblem(
          write.set["minCapacity"] == nil ? "maxCapacity" : "minCapacity",
          "The least, \(least.plain) ACUs, is more than the most, \(most.plain)."))
    }
    if least == 0, let version = context["engineVersion"]?.string,
      !canPause(context["engine"]?.string ?? "", version)
    {
      problems.append(
        ResourceProblem(
          "minCapacity",
          "Version \(version) cannot pause, so that the least is 0.5 ACUs. Aurora PostgreSQL 13.15, 14.12, 15.7"
            + " and 16.3 and Aurora MySQL 3.08 are the first that can."))
    }
    if write.set["secondsUntilAutoPause"] != nil, least > 0 {
      problems.append(
        ResourceProblem(
          "secondsUntilAutoPause", "A cluster pauses only where its least capacity is 0."))
    }
    return problems
  }

  /// Aurora User Guide, "Scaling to Zero ACUs with automatic pause and resume": the first versions.
  private func canPause(_ engine: String, _ version: String) -> Bool {
    if engine == "aurora-mysql" {
      // 8.0.mysql_aurora.3.08.0
      let parts = version.split(separator: "mysql_aurora.").last?.split(separator: ".") ?? []
      guard let major = parts.first.flatMap({ Int($0) }) else { return true }
      return major > 3 || (major == 3 && (parts.dropFirst().first.flatMap { Int($0) } ?? 0) >= 8)
    }
    let parts = version.split(separator: ".").compactMap { Int($0) }
    guard let major = parts.first else { return true }
    let minor = parts.dropFirst().first ?? 0
    let first = [13: 15, 14: 12, 15: 7, 16: 3]
    return first[major].map { minor >= $0 } ?? (major > 16)
  }
}
