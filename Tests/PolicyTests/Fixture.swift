import Foundation
import Manifests
import Model
import Policy
import Testing

/// A file of manifests under `Fixtures/KIND`, with what becomes of it beside it: `NAME.json` holds
/// the resources, `NAME.txt` the diagnostics; each is there only where there are some.
///
/// Its first lines may say `# environment: staging` and `# at: 2026-12-01T14:00:00Z`.
struct Fixture: Hashable, Sendable, CustomTestStringConvertible {
  let kind: String
  let name: String

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
    path: "Fixtures")

  var testDescription: String { "\(kind)/\(name)" }

  /// All fixtures.
  static var all: [Fixture] {
    allKinds.flatMap { fixtures(of: $0.schema.kind) }
  }

  /// The fixtures of a kind.
  static func fixtures(of kind: String) -> [Fixture] {
    let files = try? FileManager.default.contentsOfDirectory(
      atPath: folder.appending(path: kind).path())
    return (files ?? []).filter { $0.hasSuffix(".yaml") }.sorted()
      .map { Fixture(kind: kind, name: String($0.dropLast(5))) }
  }

  func url(_ suffix: String) -> URL {
    Self.folder.appending(path: "\(kind)/\(name).\(suffix)")
  }

  /// What becomes of the manifests: the texts of both files, nil for one that is not there.
  func outcome() throws -> [String: String] {
    let text = try String(contentsOf: url("yaml"), encoding: .utf8)
    let time = header("at", of: text) ?? "2026-11-18T12:00:00Z"
    let (resources, diagnostics) = try compileText(
      text, file: "\(name).yaml", environment: header("environment", of: text) ?? "prod",
      at: Date(time, strategy: .iso8601), attachments: attachments(of: text))
    var outcome: [String: String] = [:]
    if !diagnostics.all.isEmpty { outcome["txt"] = diagnostics.text }
    if !diagnostics.hasErrors {
      let value = Value.list(resources.map(\.value))
      outcome["json"] = String(decoding: try CanonicalJSON.encode(value), as: UTF8.self)
    }
    return outcome
  }

  /// The files of `Fixtures/KIND/files` that the manifests name.
  private func attachments(of text: String) throws -> [String: Data] {
    let folder = Self.folder.appending(path: "\(kind)/files")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    return try names.filter { text.contains($0) }.reduce(into: [:]) {
      $0["files/\($1)"] = try Data(contentsOf: folder.appending(path: $1))
    }
  }

  private func header(_ key: String, of text: String) -> String? {
    let start = "# \(key): "
    return text.split(separator: "\n").prefix { $0.hasPrefix("#") }
      .first { $0.hasPrefix(start) }.map { String($0.dropFirst(start.count)) }
  }
}

/// The project that fixtures are compiled in.
let testProject = """
  apiVersion: weir/v1
  kind: Project
  metadata: {name: test}
  spec:
    environments:
      prod: {account: "123456789012", region: us-east-2, values: {logDays: 90d}}
      staging: {account: "123456789012", region: us-east-2, values: {logDays: 30d}}
  """

/// Compiles a file of manifests in an environment of the test project.
func compileText(
  _ text: String, file: String = "m.yaml", environment: String = "prod", at time: Date,
  attachments: [String: Data] = [:]
) throws -> (resources: [DesiredResource], diagnostics: Diagnostics) {
  let own = ["weir.yaml": Data(testProject.utf8), file: Data(text.utf8)]
  let source = PolicySource(files: own.merging(attachments) { own, _ in own })
  let policy = loadPolicy(source, kinds: kindSchemas())
  let compiled = compile(try policy.environment(named: environment), at: time)
  return (compiled.resources, policy.allDiagnostics(adding: compiled.diagnostics))
}

/// A time in ISO 8601.
func date(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }
