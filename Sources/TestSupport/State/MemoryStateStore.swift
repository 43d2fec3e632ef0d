internal import Foundation
public import Model

/// A state store in memory: a list of versions, moved by compare-and-swap as the branch in Git is.
/// Whatever is recorded passes through JSON, so that clear text of a secret would be seen.
public actor MemoryStateStore: StateStore {
  private struct Version {
    var state: State?
    var pending: Data?
    var snapshots: [Int: Snapshot] = [:]
    var sealed = SealedSecrets()
  }

  private var versions: [Version] = []
  private var entries: [HistoryEntry] = []
  private var ends: [Int: State] = [:]
  private let steps: Steps
  /// All JSON that was ever recorded.
  public private(set) var documents: [String] = []
  /// The plans that were recorded as ended, or given up.
  public private(set) var records: [ApplyRecord] = []

  /// A store that holds a state, or nothing yet.
  public init(_ state: State? = nil, steps: Steps = Steps()) {
    self.steps = steps
    if let state {
      versions = [Version(state: state)]
      ends[state.serial] = state
    }
  }

  /// The newest version.
  ///
  /// - Throws: `InjectedFailure`.
  public func load() throws -> StoredState {
    try steps.enter(.load)
    let stored = StoredState(
      state: versions.last?.state,
      pending: try versions.last?.pending.map {
        try CanonicalJSON.decode(PendingApply.self, from: $0)
      },
      sealed: versions.last?.sealed ?? SealedSecrets(),
      version: versions.isEmpty ? nil : name(of: versions.count - 1))
    try steps.leave(.load)
    return stored
  }

  /// Records the pending apply, its snapshot and its secrets.
  ///
  /// - Throws: `InjectedFailure`, `LostRace`, `EncodingError`.
  public func begin(
    _ pending: PendingApply, snapshot: Snapshot, sealed: SealedSecrets?, expecting version: String?
  ) throws -> String {
    try move(.begin, expecting: version) { next in
      next.pending = try document(pending)
      _ = try document(snapshot.resources.sorted { $0.key < $1.key }.map(\.value))
      next.snapshots[snapshot.serial] = snapshot
      guard let sealed else { return }
      _ = try document(sealed.entries)
      _ = try document(sealed.wrappedKeys)
      next.sealed = sealed
    }
  }

  /// Records the pending apply with its longer lease.
  ///
  /// - Throws: `InjectedFailure`, `LostRace`.
  public func renew(_ pending: PendingApply, expecting version: String) throws -> String {
    try move(.renew, expecting: version) { $0.pending = try document(pending) }
  }

  /// Records the outcome.
  ///
  /// - Throws: `InjectedFailure`, `LostRace`, `EncodingError`.
  public func end(_ record: ApplyRecord, expecting version: String) throws -> String {
    let index = versions.count
    return try move(.end, expecting: version) { next in
      next.pending = nil
      records.append(record)
      if record.isAborted {
        next.snapshots[record.plan.state.serial + 1] = nil
        return
      }
      _ = try document(record.state.resources.values.sorted { $0.address < $1.address })
      _ = try document(record.plan)
      next.state = record.state
      if let sealed = record.sealed {
        _ = try document(sealed.entries)
        next.sealed = sealed
      }
      ends[record.state.serial] = record.state
      entries.insert(
        HistoryEntry(
          serial: record.state.serial, version: name(of: index),
          policyCommit: record.state.policyCommit, planDigest: record.state.planDigest,
          actor: record.actor, time: record.time, summary: record.summary), at: 0)
    }
  }

  /// The applies that ended, the newest first.
  public func history(limit: Int?) -> [HistoryEntry] { Array(entries.prefix(limit ?? .max)) }

  /// The state at the end of apply `serial`.
  public func state(atSerial serial: Int) -> State? { ends[serial] }

  /// The snapshot taken before apply `serial`.
  public func snapshot(beforeSerial serial: Int) -> Snapshot? {
    versions.last?.snapshots[serial]
  }

  private func move(
    _ step: Step, expecting version: String?, _ change: (inout Version) throws -> Void
  ) throws -> String {
    try steps.enter(step)
    let tip = versions.isEmpty ? nil : name(of: versions.count - 1)
    guard tip == version else { throw LostRace(step: step) }
    var next = versions.last ?? Version()
    try change(&next)
    versions.append(next)
    try steps.leave(step)
    return name(of: versions.count - 1)
  }

  private func document(_ value: some Encodable) throws -> Data {
    let data = try CanonicalJSON.encode(value)
    documents.append(String(decoding: data, as: UTF8.self))
    return data
  }

  private func name(of index: Int) -> String { "version \(index)" }
}

/// The compare-and-swap was lost.
public struct LostRace: Error, Hashable, Sendable {
  /// The step that lost it.
  public let step: Step
}
