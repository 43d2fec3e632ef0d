internal import Model

/// What is asked of CloudWatch about alarms.
struct AlarmCalls {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope

  /// The alarms of these names, of all kinds, on all pages: one request for a hundred.
  func describe(_ names: some Collection<String>) async throws -> [String: [Value]] {
    // One name that AWS does not allow would make it refuse the others of its request.
    let asked = names.filter { (1...AlarmProblems.longestName).contains($0.count) }.sorted()
    let pages = try await inParallel(asked.batches(of: 100)) { names in
      try await listed(["AlarmNames": .list(names.map(Value.string))])
    }
    return pages.reduce(into: [:]) { lists, page in lists.merge(page) { $0 + $1 } }
  }

  /// Which composite alarms have an alarm in their rule, or hold back their actions while it is in
  /// alarm, by its name: one request for a hundred composite alarms of the account.
  func composites() async throws -> [String: [String]] {
    let alarms = try await listed(["AlarmTypes": ["CompositeAlarm"]])["CompositeAlarms"] ?? []
    var composites: [String: [String]] = [:]
    for alarm in alarms {
      guard let name = alarm["AlarmName"]?.string else { continue }
      let rule = AlarmRule(alarm["AlarmRule"]?.string ?? "")
      let suppressor = alarm["ActionsSuppressor"]?.string.map(AlarmRule.name(of:))
      for child in rule.alarms.union([suppressor].compactMap { $0 }) {
        composites[child, default: []].append(name)
      }
    }
    return composites.mapValues { $0.sorted() }
  }

  /// The names of the alarms that have tags. The tagging API follows after a while: the tags are asked for
  /// once more, of the alarm itself.
  func tagged(_ filter: TagFilter) async throws -> [String: [String: String]] {
    let found = try await inParallel(scope.tagged(["cloudwatch:alarm"], filter)) { alarm in
      let tags = try await tags(of: alarm.arn)
      return (String(resourcePart(ofARN: alarm.arn).dropFirst("alarm:".count)), tags)
    }
    return Dictionary(found.filter { filter.matches($1) }, uniquingKeysWith: { $1 })
  }

  /// The tags of an alarm; none of one that is gone.
  func tags(of arn: String) async throws -> [String: String] {
    let answer = try await scope.client.call(
      "cloudwatch", "ListTagsForResource", ["ResourceARN": .string(arn)],
      nilIf: "ResourceNotFoundException")
    return answer?["Tags"]?.tags ?? [:]
  }

  /// The input of PutMetricAlarm with the ARNs of the scaling policies of which actions have only the pattern.
  ///
  /// - Throws: `ResourceError` where one is not there.
  func resolved(_ input: [String: Value], for address: Address) async throws -> [String: Value] {
    var input = input
    for member in ["AlarmActions", "OKActions", "InsufficientDataActions"] {
      guard let actions = input[member]?.elements.compactMap(\.string) else { continue }
      let open = Set(actions.compactMap(PolicyAction.init).filter(\.isPattern))
      if open.isEmpty { continue }
      let policies = ScalingCalls(client: scope.client)
      let found = Dictionary(
        try await policies.policyARNs(of: open).compactMap { arn in
          PolicyAction(arn).map { ($0.pattern, arn) }
        }, uniquingKeysWith: { first, _ in first })
      input[member] = .list(
        try actions.map { action in
          guard let named = PolicyAction(action), named.isPattern else { return .string(action) }
          guard let arn = found[named.pattern] else {
            throw ResourceError(
              .missing, address,
              "The scaling policy \(named.policy), which the alarm is to run, is not there.")
          }
          return .string(arn)
        })
    }
    return input
  }

  private func listed(_ criteria: [String: Value]) async throws -> [String: [Value]] {
    var lists: [String: [Value]] = [:]
    var seen: Set<String> = []
    var input: [String: Value] = [
      "MaxRecords": 100, "AlarmTypes": ["MetricAlarm", "CompositeAlarm", "LogAlarm"],
    ].merging(criteria) { $1 }
    while true {
      let page = try await scope.client.call("cloudwatch", "DescribeAlarms", .map(input))
      for (name, value) in page.members { lists[name, default: []] += value.elements }
      guard let token = page["NextToken"]?.string, seen.insert(token).inserted else { break }
      input["NextToken"] = .string(token)
    }
    return lists
  }
}
