internal import Foundation
internal import Model

/// `state.json`: all of the state but its resources.
struct StateDocument: Codable {
  let formatVersion: String
  let lineage: String
  let serial: Int
  let environment: EnvironmentReference
  let policyCommit: String?
  let planDigest: String?
  /// By the group's name; nil where no command has said anything.
  let parking: [String: ParkingOverride]?

  init(_ state: State) {
    formatVersion = State.formatVersion
    lineage = state.lineage
    serial = state.serial
    environment = state.environment
    policyCommit = state.policyCommit
    planDigest = state.planDigest
    parking = state.parking.isEmpty ? nil : state.parking
  }
}

/// `snapshots/SERIAL.json`.
struct SnapshotDocument: Codable {
  struct Resource: Codable {
    let address: Address
    let entry: Snapshot.Entry
  }

  let formatVersion: String
  let serial: Int
  let resources: [Resource]

  init(_ snapshot: Snapshot) {
    formatVersion = State.formatVersion
    serial = snapshot.serial
    resources = snapshot.resources.map { Resource(address: $0.key, entry: $0.value) }
      .sorted { $0.address < $1.address }
  }

  var snapshot: Snapshot {
    Snapshot(
      serial: serial,
      resources: Dictionary(
        resources.map { ($0.address, $0.entry) }, uniquingKeysWith: { first, _ in first }))
  }
}

/// `sealed.json`.
struct SealedDocument: Codable {
  let formatVersion: String
  let secrets: [String: SealedSecrets.Entry]
  let wrappedKeys: [String: SealedSecrets.WrappedKey]

  init(_ sealed: SealedSecrets) {
    formatVersion = SealedSecrets.formatVersion
    secrets = sealed.entries
    wrappedKeys = sealed.wrappedKeys
  }

  var sealed: SealedSecrets { SealedSecrets(entries: secrets, wrappedKeys: wrappedKeys) }
}

/// `pending.json`.
struct PendingDocument: Codable {
  let formatVersion: String
  let apply: PendingApply

  init(_ apply: PendingApply) {
    formatVersion = State.formatVersion
    self.apply = apply
  }
}

/// `reports/SERIAL.json`.
struct ReportDocument: Codable {
  let formatVersion: String
  let report: StoredReport

  init(_ report: StoredReport) {
    formatVersion = State.formatVersion
    self.report = report
  }
}

/// The format of any document of the state branch.
struct FormatDocument: Decodable {
  let formatVersion: String
}
