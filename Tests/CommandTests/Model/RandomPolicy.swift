/// The manifests of a policy that nobody thought of: kinds, fields and values at random.
struct RandomPolicy {
  /// Text of manifests by the name of their file.
  let files: [String: String]

  /// All files that such a policy can have.
  static let names = ["anchor", "budget", "limits", "rules", "tasks"]

  init(using dice: inout Dice) {
    var files = ["anchor": Self.limits("anchor", using: &dice)]
    if !dice.chance(5) { files["budget"] = Self.budget(using: &dice) }
    if !dice.chance(4) {
      files["limits"] = Self.limits("limits-\(Int.random(in: 1...2, using: &dice))", using: &dice)
    }
    if !dice.chance(4) { files["rules"] = Self.rules(using: &dice) }
    if !dice.chance(5) { files["tasks"] = Self.tasks(using: &dice) }
    self.files = files
  }

  /// A line, or nothing.
  private static func maybe(_ line: String, using dice: inout Dice) -> String {
    dice.chance(2) ? line + "\n" : ""
  }

  private static func one<Element>(_ elements: [Element], using dice: inout Dice) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &dice)]
  }

  private static func budget(using dice: inout Dice) -> String {
    var text = """
      apiVersion: weir/v1
      kind: CostBudget
      metadata: {name: monthly}
      spec:
        name: pythonide-monthly
        limit: \(Int.random(in: 1...2000, using: &dice)) USD
        notify: {email: [team@example.com]}

      """
    text += maybe("  services: [AmazonECS, AmazonS3]", using: &dice)
    text += maybe("  tags: {project: pythonide}", using: &dice)
    // None of those that the account has already: whom it told cannot be brought back without a key.
    let thresholds = [20, 55, 75, 85].filter { _ in dice.chance(2) }
    if thresholds.isEmpty { return text }
    return text + "  thresholds:\n"
      + thresholds.map {
        "    - {percent: \($0)%, on: \(one(["actual", "forecast"], using: &dice))}\n"
      }.joined()
  }

  private static func limits(_ name: String, using dice: inout Dice) -> String {
    var text = """
      apiVersion: weir/v1
      kind: TierLimits
      metadata: {name: \(name)}
      spec:
        parameter: /own/\(name)
        modes: [normal, throttle]

      """
    text += maybe("  description: Limits of \(name)", using: &dice)
    text += maybe("  caps: {throttle: {admission: existing}}", using: &dice)
    text += "  tiers:\n"
    for tier in ["free", "premium", "staff"].prefix(Int.random(in: 1...3, using: &dice)) {
      text += """
            \(tier):
              defaults: {sessions: \(Int.random(in: 0...99, using: &dice)), bandwidth: 5 Mbps}

        """
      text += maybe("      modes: {throttle: {sessions: 1}}", using: &dice)
    }
    return text
  }

  private static func rules(using dice: inout Dice) -> String {
    var text = """
      apiVersion: weir/v1
      kind: LifecycleRule
      metadata: {name: data}
      spec:
        bucket: pythonide-data-${account}
        rules:

      """
    for id in ["own-a", "own-b", "own-c"].prefix(Int.random(in: 1...3, using: &dice)) {
      text += "    - id: \(id)\n      prefix: \(id)/\n"
      text += "      expireAfter: \(Int.random(in: 400...900, using: &dice))d\n"
      text += maybe("      transitions: [{to: glacier, after: 90d}]", using: &dice)
      text += maybe("      abortMultipartAfter: 7d", using: &dice)
      text += maybe("      enabled: false", using: &dice)
    }
    return text
  }

  private static func tasks(using dice: inout Dice) -> String {
    let (cpu, memory) = one(
      [("0.5 vCPU", "2 GB"), ("1 vCPU", "3 GB"), ("2 vCPU", "8 GB"), ("4 vCPU", "16 GB")],
      using: &dice)
    var text = """
      apiVersion: weir/v1
      kind: TaskSize
      metadata: {name: ide}
      spec:
        cluster: pythonide-cluster
        service: pythonide-service
        cpu: \(cpu)
        memory: \(memory)

      """
    text += maybe("  count: \(Int.random(in: 1...3, using: &dice))", using: &dice)
    if dice.chance(3) { return text }
    let most = Int.random(in: 3...6, using: &dice)
    text += "  scaling:\n    min: 1\n    max: \(most)\n"
    text += maybe("    targetCPU: \(Int.random(in: 40...80, using: &dice))%", using: &dice)
    if dice.chance(2) { return text }
    return text + """
      ---
      apiVersion: weir/v1
      kind: Schedule
      metadata: {name: exams}
      spec:
        target: {taskSize: ide}
        timeZone: America/New_York
        windows:
          - {name: finals, from: 2039-12-01T08:00, until: 2039-12-09T20:00, min: 2}

      """
  }
}
