internal import Model

extension ParkedForm {
  /// CloudWatch: alarms that stay and do nothing.
  static let alarm = ParkedForm(
    service: "cloudwatch", type: "cloudwatch/alarm", other: "cloudwatch/alarm-definition"
  ) { subject in
    if let kind = subject.live?.context["kind"]?.string { return kept(kind) }
    return silent(subject.name, "its actions are off; the alarm stays and costs what it did")
  }

  /// CloudWatch: alarms that are deleted, and made again from their definition. Those that something else
  /// holds stay and do nothing.
  static let deletedAlarm = ParkedForm(
    service: "cloudwatch", type: "cloudwatch/alarm-definition", vanishes: true,
    other: "cloudwatch/alarm"
  ) { subject in
    let context = subject.live?.context ?? [:]
    if let kind = context["kind"]?.string { return kept(kind) }
    let deleted = Part(
      address: Address("cloudwatch/alarm-definition", subject.name),
      attributes: ["definition": .absent, "tags": .absent],
      notes: ["it is deleted, and made again as it was, at first with too little data"])
    if subject.isAny, case .parked(let parts) = silent("*", "") {
      return .parked(parts + [deleted])
    }
    func stays(_ reason: String) -> Outcome {
      silent(subject.name, "its actions are off; it is not deleted, since \(reason)")
    }
    if let owner = subject.owner { return stays("\(owner) asks for it") }
    if let composite = context["composites"]?.list?.first?.string {
      return stays("the composite alarm \(composite) names it, and AWS refuses that")
    }
    // CloudWatch's names of the alarms that target tracking makes and keeps.
    if subject.name.hasPrefix("TargetTracking-") {
      return stays("a scaling policy made it and needs it")
    }
    return .parked([deleted])
  }

  private static func kept(_ kind: String) -> Outcome {
    .kept("It is a \(kind) alarm, of which Weir changes nothing.")
  }

  private static func silent(_ name: String, _ note: String) -> Outcome {
    .parked([
      Part(
        address: Address("cloudwatch/alarm", name),
        attributes: ["actionsEnabled": .exactly(false)], notes: [note])
    ])
  }
}
