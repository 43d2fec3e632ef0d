internal import Model

extension Target {
  /// The record in the state once the target has been reached; nil where Weir no longer manages it.
  ///
  /// - Parameters:
  ///   - live: as AWS holds it before the change.
  ///   - prior: as the state records it before.
  ///   - written: the attributes that the change sets or takes away.
  ///   - serial: the number of the apply that writes; nil where nothing is written.
  func record(
    live: LiveResource?, prior: AppliedResource?, written: Set<String>, serial: Int?
  ) -> AppliedResource? {
    switch record {
    case .fixed(let record): return record
    case .owned(let desired) where isSpent:
      // The values stay as they were applied; only the marks follow the policy.
      var record = prior
      record?.onRemove = desired.onRemove
      record?.isProtected = desired.isProtected
      record?.manifest = desired.manifest
      return record
    case .owned(let desired):
      var applied: [String: Value] = [:]
      var found: [String: Value] = [:]
      for (name, wish) in attributes where desired.attributes[name] != nil {
        let wasFound = prior?.found[name]
        switch (desired.lasting[name], wish) {
        case (let lasting?, _): applied[name] = lasting
        case (nil, .exactly(let value)): applied[name] = value
        case (nil, .absent): applied[name] = .null
        case (nil, .within): if wasFound == nil && !written.contains(name) { continue }
        }
        found[name] = wasFound ?? live?.attributes[name] ?? .null
      }
      for name in untouched {
        applied[name] = prior?.attributes[name]
        found[name] = prior?.found[name]
      }
      // What has lapsed tells until when it counted, as long as AWS holds it.
      for name in lapsed {
        guard let value = prior?.attributes[name], value == live?.attributes[name] else { continue }
        applied[name] = value
        found[name] = prior?.found[name]
      }
      return AppliedResource(
        address: address, attributes: applied, found: found,
        foundContext: prior?.foundContext ?? live?.context ?? [:],
        wasCreated: prior?.wasCreated ?? (live == nil), onRemove: desired.onRemove,
        isProtected: desired.isProtected, manifest: desired.manifest, dependsOn: desired.dependsOn,
        serial: serial ?? prior?.serial ?? 0)
    }
  }
}
