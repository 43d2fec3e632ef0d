internal import Foundation
internal import Model

/// Reads the documents of a state branch at one commit.
struct StateReader {
  let repository: GitRepository
  let branch: String
  let commit: CommitID
  /// All files there, where they have been read already.
  var files: [String: Data]?

  func state() async throws -> State? {
    guard let data = try await file(StatePaths.state) else { return nil }
    let document = try decode(StateDocument.self, data, path: StatePaths.state)
    let files = try await resourceFiles()
    var resources: [Address: AppliedResource] = [:]
    for (path, data) in files {
      let resource = try decode(AppliedResource.self, data, path: path, supported: nil)
      guard StatePaths.resource(resource.address) == path else {
        throw StateError(
          .corrupt, branch: branch, path: path, commit: commit,
          message: "it is the record of another resource")
      }
      resources[resource.address] = resource
    }
    return State(
      lineage: document.lineage, serial: document.serial, environment: document.environment,
      policyCommit: document.policyCommit, planDigest: document.planDigest,
      parking: document.parking ?? [:], resources: resources)
  }

  func pending() async throws -> PendingApply? {
    try await document(PendingDocument.self, at: StatePaths.pending)?.apply
  }

  func sealed() async throws -> SealedSecrets {
    try await document(
      SealedDocument.self, at: StatePaths.sealed, supported: SealedSecrets.formatVersion)?.sealed
      ?? SealedSecrets()
  }

  func snapshot(_ serial: Int) async throws -> Snapshot? {
    try await document(SnapshotDocument.self, at: StatePaths.snapshot(serial))?.snapshot
  }

  func report(_ serial: Int) async throws -> StoredReport? {
    try await document(ReportDocument.self, at: StatePaths.reportData(serial))?.report
  }

  private func document<Document: Decodable>(
    _ type: Document.Type, at path: String, supported: String = State.formatVersion
  ) async throws -> Document? {
    guard let data = try await file(path) else { return nil }
    return try decode(type, data, path: path, supported: supported)
  }

  private func file(_ path: String) async throws -> Data? {
    if let files { return files[path] }
    return try await repository.file(path, at: commit)
  }

  private func resourceFiles() async throws -> [String: Data] {
    if let files { return files.filter { $0.key.hasPrefix(StatePaths.resources + "/") } }
    return try await repository.files(at: commit, under: StatePaths.resources)
  }

  private func decode<Document: Decodable>(
    _ type: Document.Type, _ data: Data, path: String, supported: String? = State.formatVersion
  ) throws -> Document {
    do {
      if let supported {
        let version = try CanonicalJSON.decode(FormatDocument.self, from: data).formatVersion
        try FormatVersionError.check("state", found: version, supported: supported)
      }
      return try CanonicalJSON.decode(type, from: data)
    } catch let error as FormatVersionError {
      throw StateError(
        .newerFormat, branch: branch, path: path, commit: commit,
        message: "it has format \(error.found); this version of Weir reads \(error.supported)")
    } catch {
      throw StateError(
        .corrupt, branch: branch, path: path, commit: commit,
        message: "it is not the JSON that Weir writes")
    }
  }
}
