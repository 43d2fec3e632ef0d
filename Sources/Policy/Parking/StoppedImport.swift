public import Model

/// What becomes of the resources of a ``StoppedState``.
public struct StoppedImport: Sendable {
  /// The records that the state takes over.
  public let records: [AppliedResource]
  /// What was not taken over, and why: a sentence each.
  public let remarks: [String]

  /// Records, and remarks on what else there was.
  public init(records: [AppliedResource] = [], remarks: [String] = []) {
    self.records = records
    self.remarks = remarks
  }
}

extension StoppedState {
  /// The records with which a start of a parking group gives back what the document says.
  ///
  /// - Parameters:
  ///   - manifest: the group's manifest.
  ///   - members: what the group means in AWS.
  ///   - live: how it stands there.
  ///   - recorded: the resources of the state, whose values stay.
  ///   - missing: the endpoint configurations that are not there any more.
  ///   - serial: the number of the apply that records it.
  public func records(
    of manifest: ManifestReference, members: [ParkedMember], live: [Address: LiveResource],
    recorded: Set<Address>, missing: Set<String> = [], serial: Int
  ) -> StoppedImport {
    // What is found as one type may be parked as another.
    let meant = Set(
      members.flatMap { member in
        let other = ParkedForm.of(member.address.type)?.other
        return [member.address] + [other.map { Address($0, member.address.name) }].compactMap { $0 }
      })
    var records: [AppliedResource] = []
    var remarks = others
    for (address, found) in values.sorted(by: { $0.key < $1.key }) {
      let live = live[address]
      let isGone = address.type == "sagemaker/endpoint" && live?.attributes["config"] == nil
      guard isGone || meant.contains(address) else {
        remarks.append("\(address) is not in the group: nothing with its tags is called so.")
        continue
      }
      if isGone, let config = found["config"]?.string, missing.contains(config) {
        remarks.append(
          "\(address) is not taken over: its endpoint configuration \(config) is gone, without which"
            + " nothing brings it back.")
        continue
      }
      if recorded.contains(address) {
        remarks.append("\(address) is recorded already, and stays as it is recorded.")
        continue
      }
      var record = AppliedResource(
        address: address, attributes: [:], found: found, foundContext: [:], wasCreated: false,
        onRemove: .restore, isProtected: false, manifest: manifest, dependsOn: [], serial: serial)
      let subject = ParkedForm.Subject(address.name, live: live, record: record)
      switch ParkedForm.of(address.type)?.outcome(subject) {
      case .parked(let parts):
        let wishes = parts.first { $0.address == address }?.attributes ?? [:]
        record.attributes = wishes.mapValues { wish in
          if case .exactly(let value) = wish { value } else { .null }
        }
        record.found = wishes.keys.reduce(into: [:]) { $0[$1] = found[$1] ?? .null }
        if isGone || record.attributes.allSatisfy({ live?.attributes[$0] ?? .null == $1 }) {
          records.append(record)
        } else {
          remarks.append(
            "\(address) is not stopped: what it has now counts, not what the file says.")
        }
      case .kept(let reason): remarks.append("\(address) stays as it is. \(reason)")
      case nil: remarks.append("\(address) is left as it is: Weir parks none of its type.")
      }
    }
    return StoppedImport(records: records, remarks: remarks)
  }

  /// The resources of which the document says something.
  public var addresses: [Address] { values.keys.sorted() }

  /// The endpoint configurations that it needs.
  public var endpointConfigurations: Set<String> { Set((resources.endpoints ?? []).map(\.config)) }

  /// In what the document is of another project or environment than the tags of a group, in a full sentence; nil
  /// where it is of the same, or where the tags do not say.
  public func difference(from group: CompiledEnvironment) -> String? {
    let filters = group.selections.compactMap { TagFilter($0.selector) }
    for (word, own) in [("project", project), ("environment", environment)] {
      for (key, values) in filters.flatMap(\.values) where key.lowercased() == word {
        if values.isEmpty || values.contains(own) { continue }
        return "The file is of the \(word) \(own), and the group means what has the tag \(key) ="
          + " \(values.joined(separator: " or "))."
      }
    }
    return nil
  }

  /// What the document says of each resource, as attributes.
  private var values: [Address: [String: Value]] {
    var values: [Address: [String: Value]] = [:]
    for function in resources.functions ?? [] {
      values[Address("lambda/function", function.name)] = [
        "reservedConcurrency": number(function.reserved)
      ]
    }
    for alarm in resources.alarms ?? [] {
      values[Address("cloudwatch/alarm", alarm.name)] = [
        "actionsEnabled": alarm.enabled ? .null : false
      ]
    }
    for endpoint in resources.endpoints ?? [] {
      values[Address("sagemaker/endpoint", endpoint.name)] = [
        "config": .string(endpoint.config),
        // It is these tags by which such scripts know what is theirs.
        "tags": ["Project": .string(project), "Environment": .string(environment)],
      ]
    }
    for stream in resources.streams ?? [] {
      values[Address("kinesis/stream", stream.name)] = [
        "mode": stream.mode.map { .string($0) } ?? .null,
        "shards": stream.mode == "ON_DEMAND" ? .null : number(stream.shards),
      ]
    }
    for table in resources.tables ?? [] {
      let isProvisioned = table.mode == "PROVISIONED"
      values[Address("dynamodb/table", table.name)] = [
        "billingMode": table.mode.map { .string($0) } ?? .null,
        "readCapacity": isProvisioned ? number(table.reads) : .null,
        "writeCapacity": isProvisioned ? number(table.writes) : .null,
      ]
    }
    return values
  }

  private func number(_ number: Int?) -> Value { number.map { Value($0) } ?? .null }

  /// What the document does not say enough of.
  private var others: [String] {
    (resources.functions ?? []).filter { ($0.provisioned ?? 0) > 0 }.map {
      "lambda/function \($0.name) had \($0.provisioned ?? 0) of provisioned concurrency. The file does not"
        + " say for which alias or version: a FunctionSize gives it back."
    }
  }
}
