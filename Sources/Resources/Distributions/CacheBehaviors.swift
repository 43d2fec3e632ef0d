internal import Model

/// The configuration of a distribution, or its summary in a list, as attributes and back.
struct CacheBehaviors {
  /// The configuration.
  private(set) var config: Value

  /// The path that stands for the default cache behaviour.
  private static let standard = "default"

  /// The times to live, with AWS's names of them.
  static let times = [
    (attribute: "minTTL", member: "MinTTL"), (attribute: "defaultTTL", member: "DefaultTTL"),
    (attribute: "maxTTL", member: "MaxTTL"),
  ]

  /// A configuration.
  init(_ config: Value) { self.config = config }

  /// The attribute of a time to live.
  static func key(_ time: String, of path: String) -> String {
    path == standard ? time : "paths.\(path).\(time)"
  }

  /// The path and AWS's name of the time that an attribute stands for; nil for another one.
  static func parts(_ key: String) -> (path: String, member: String)? {
    guard
      let time = times.first(where: { key == $0.attribute || key.hasSuffix(".\($0.attribute)") })
    else { return nil }
    if key == time.attribute { return (standard, time.member) }
    guard key.hasPrefix("paths.") else { return nil }
    return (String(key.dropFirst(6).dropLast(time.attribute.count + 1)), time.member)
  }

  /// What Weir could own.
  var resource: LiveResource {
    var attributes: [String: Value] = [:]
    var policies: [String: Value] = [:]
    attributes["priceClass"] = config["PriceClass"]
    for (path, behavior) in behaviors {
      let policy = behavior["CachePolicyId"]?.string.flatMap { $0.isEmpty ? nil : $0 }
      policies[path] = policy.map(Value.string) ?? .null
      guard policy == nil else { continue }
      for time in Self.times {
        attributes[Self.key(time.attribute, of: path)] = behavior[time.member]
      }
    }
    return LiveResource(
      attributes: attributes.without(), context: ["behaviors": .map(policies)])
  }

  /// Sets what the write sets; times that it takes away stay as they are, since CloudFront needs them.
  mutating func apply(_ write: ResourceWrite) {
    var members = config.members
    members["PriceClass"] = write.set["priceClass"] ?? members["PriceClass"]
    members["DefaultCacheBehavior"] = members["DefaultCacheBehavior"].map {
      changed($0, path: Self.standard, write)
    }
    members = members.changing("CacheBehaviors") { list in
      .map(
        list.members.changing("Items") { items in
          .list(items.elements.map { changed($0, path: $0["PathPattern"]?.string ?? "", write) })
        })
    }
    config = .map(members)
  }

  private func changed(_ behavior: Value, path: String, _ write: ResourceWrite) -> Value {
    var members = behavior.members
    for time in Self.times {
      guard let value = write.set[Self.key(time.attribute, of: path)] else { continue }
      members[time.member] = value
    }
    return .map(members)
  }

  private var behaviors: [(String, Value)] {
    let others = config["CacheBehaviors"]?["Items"]?.elements ?? []
    return (config["DefaultCacheBehavior"].map { [(Self.standard, $0)] } ?? [])
      + others.map { ($0["PathPattern"]?.string ?? "", $0) }
  }
}
