internal import Foundation
internal import Model

/// The lifecycle configuration of a bucket: all its rules in AWS's own order.
struct LifecycleDocument {
  /// A rule as AWS describes it and the key of its attribute.
  private struct Entry {
    let key: String
    let rule: Value
  }

  private var entries: [Entry]
  private var minimumSize: Value?

  private static let minimumSizeAttribute = "transitionDefaultMinimumObjectSize"

  /// A configuration as described; nil for a bucket without one.
  ///
  /// A rule without an ID gets a key from its content, so that it can be told from the others.
  init(_ description: Value?) {
    var used: Set<String> = []
    entries = (description?["Rules"]?.elements ?? []).map { rule in
      let id = rule["ID"]?.string ?? ""
      let name = id.isEmpty ? "(no ID) \(Self.fingerprint(rule))" : id
      var key = LifecycleRule.prefix + name
      var copy = 2
      while !used.insert(key).inserted {
        key = "\(LifecycleRule.prefix)\(name) \(copy)"
        copy += 1
      }
      return Entry(key: key, rule: rule)
    }
    minimumSize = description?["TransitionDefaultMinimumObjectSize"]
  }

  /// Whether no rule is left.
  var isEmpty: Bool { entries.isEmpty }

  /// The attributes.
  var attributes: [String: Value] {
    var attributes: [String: Value] = [:]
    for entry in entries { attributes[entry.key] = LifecycleRule.normalized(entry.rule) }
    attributes[Self.minimumSizeAttribute] = minimumSize
    return attributes.without()
  }

  /// The keys of the rules that choose objects in the older way, by a lone `Prefix`, as
  /// `prefixRules`. S3 allows that for all rules of a document or for none.
  var context: [String: Value] {
    let keys = entries.filter { $0.rule["Filter"] == nil }.map(\.key)
    return keys.isEmpty ? [:] : ["prefixRules": .list(keys.map(Value.string))]
  }

  /// Sets and takes away rules in their places, adds new ones at the end, and leaves the others as
  /// they are.
  mutating func apply(_ write: ResourceWrite) {
    entries.removeAll { write.unset.contains($0.key) }
    for (key, rule) in write.set.sorted(by: { $0.key < $1.key })
    where key.hasPrefix(LifecycleRule.prefix) {
      if let index = entries.firstIndex(where: { $0.key == key }) {
        let id = entries[index].rule["ID"]?.string
        entries[index] = Entry(key: key, rule: LifecycleRule.request(rule, id: id))
      } else {
        entries.append(Entry(key: key, rule: LifecycleRule.request(rule, id: Self.id(of: key))))
      }
    }
    if write.unset.contains(Self.minimumSizeAttribute) { minimumSize = nil }
    if let size = write.set[Self.minimumSizeAttribute] { minimumSize = size }
  }

  /// The input for PutBucketLifecycleConfiguration.
  ///
  /// S3 refuses a document that has both rules with a `Filter` and rules with a lone `Prefix`
  /// ("Filter element can only be used in Lifecycle V2"), so that in such a one every prefix is
  /// written as a filter, which means the same.
  func request(bucket: String) -> Value {
    let mixes = entries.contains { $0.rule["Filter"] != nil }
    let rules = entries.map { entry -> Value in
      guard mixes else { return .map(entry.rule.members.without()) }
      var members = entry.rule.members.without(["Prefix"])
      members["Filter"] = entry.rule["Filter"] ?? ["Prefix": entry.rule["Prefix"] ?? ""]
      return .map(members)
    }
    var input: [String: Value] = [
      "Bucket": .string(bucket), "LifecycleConfiguration": ["Rules": .list(rules)],
    ]
    input["TransitionDefaultMinimumObjectSize"] = minimumSize
    return .map(input)
  }

  /// The ID that a key names; nil for a key from content.
  private static func id(of key: String) -> String? {
    let id = String(key.dropFirst(LifecycleRule.prefix.count))
    return id.hasPrefix("(no ID) ") ? nil : id
  }

  /// 64 bits that depend only on the rule's meaning (FNV-1a of its canonical JSON).
  private static func fingerprint(_ rule: Value) -> String {
    let bytes = (try? CanonicalJSON.encodeLine(LifecycleRule.normalized(rule))) ?? Data()
    let hash = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { hash, byte in
      (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    return String(hash, radix: 16)
  }
}
