internal import Model

extension ParkedForm {
  private static let sevenDays =
    "AWS starts it again after seven days, and the next apply stops it again; its storage is billed"

  /// RDS: instances that can be stopped (RDS User Guide, "Stopping an Amazon RDS DB instance temporarily").
  static let databaseInstance = ParkedForm(service: "rds", type: "rds/instance") { subject in
    let context = subject.live?.context ?? [:]
    if let cluster = context["cluster"]?.string {
      return .kept("It is a member of the cluster \(cluster), which is stopped as a whole.")
    }
    if context["isReplicated"] == true {
      return .kept("It is a read replica or has one, so that RDS does not stop it.")
    }
    if context["engine"]?.string?.hasPrefix("sqlserver") == true, context["multiAZ"] == true {
      return .kept("RDS does not stop SQL Server in a Multi-AZ deployment.")
    }
    return .parked([stopped("rds/instance", subject.name)])
  }

  /// Aurora: clusters that can be stopped (Amazon Aurora User Guide, "Stopping and starting an Amazon Aurora
  /// DB cluster").
  static let databaseCluster = ParkedForm(service: "rds", type: "rds/cluster") { subject in
    let context = subject.live?.context ?? [:]
    if context["engine"]?.string?.hasPrefix("aurora") == false {
      return .kept("Only Aurora clusters can be stopped.")
    }
    if context["engineMode"] == "serverless" {
      return .kept("Aurora Serverless v1 cannot be stopped: it pauses by itself.")
    }
    return .parked([stopped("rds/cluster", subject.name)])
  }

  private static func stopped(_ type: String, _ name: String) -> Part {
    Part(
      address: Address(type, name), attributes: ["state": .exactly("stopped")], isFrozen: true,
      notes: [sevenDays])
  }
}
