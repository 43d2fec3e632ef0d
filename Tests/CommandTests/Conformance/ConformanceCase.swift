import Foundation
import Manifests
import Model
import Policy
import Resources
import Testing

/// A folder `Cases/KIND` or `Cases/KIND.WHAT` that shows how a kind behaves in AWS:
///
/// - `first.yaml`, `second.yaml`: the manifests at two commits;
/// - `files/`, where there are some: what manifests name under `file`;
/// - `account.py`: `setup(aws)` makes what is there before Weir comes; `picture(aws)` tells with boto3 what AWS holds, as
///   `{"owned": what the manifests say, "rest": all else of the same resources}`; `meddle(aws)` changes, as a colleague would,
///   something owned that both commits set, and something of the rest where there is any.
///
/// Where AWS makes up identifiers, `values.json` has an example of each by name, and `values(aws)` tells the real ones
/// after `setup`; manifests refer to them as `${name}`.
///
/// `Cases/KIND.names` has names with every kind of character that AWS lets them have, and beside them names that are nearly
/// the same.
///
/// A text that starts with `hidden-` in what `account.py` makes must never reach Git or the screen.
struct ConformanceCase: Hashable, Sendable, CustomTestStringConvertible {
  let name: String

  static let folder = Places.tests.appending(path: "Cases")

  var testDescription: String { name }
  var kind: String { String(name.prefix { $0 != "." }) }

  /// All cases, by name.
  static var all: [ConformanceCase] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path())
    return (names ?? []).filter { !$0.hasPrefix(".") }.sorted().map(ConformanceCase.init)
  }

  /// The Python that makes and shows the account.
  var script: String { Self.folder.appending(path: "\(name)/account.py").path() }

  /// Examples of the identifiers that AWS makes up, by the names in manifests.
  var values: [String: String] {
    let file = Self.folder.appending(path: "\(name)/values.json")
    guard let data = try? Data(contentsOf: file) else { return [:] }
    return (try? JSONDecoder().decode([String: String].self, from: data)) ?? [:]
  }

  /// The manifests at a commit, `first` or `second`.
  func manifests(_ commit: String) throws -> String {
    try String(
      contentsOf: Self.folder.appending(path: "\(name)/\(commit).yaml"), encoding: .utf8)
  }

  /// The files in the folder `files` of the case, which manifests name so.
  var files: [String: String] {
    let folder = Self.folder.appending(path: "\(name)/files")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    return names.reduce(into: [:]) {
      $0["files/\($1)"] = try? String(contentsOf: folder.appending(path: $1), encoding: .utf8)
    }
  }

  /// The types of resources that the manifests of both commits become.
  func resourceTypes() throws -> Set<String> {
    var types: Set<String> = []
    for commit in ["first", "second"] {
      var files = self.files.mapValues { Data($0.utf8) }
      files["weir.yaml"] = Data(Self.project(account: "123456789012", values: values).utf8)
      files["manifests.yaml"] = Data(try manifests(commit).utf8)
      let policy = loadPolicy(PolicySource(files: files), kinds: kindSchemas())
      let compiled = compile(try policy.environment(named: "prod"), at: .now)
      types.formUnion(compiled.resources.map(\.address.type))
      types.formUnion(compiled.resources.flatMap(\.needs).map(\.type))
      types.formUnion(compiled.selections.map(\.selector.type))
    }
    return types
  }

  /// The project of all cases.
  static func project(account: String, values: [String: String] = [:]) -> String {
    let pairs = values.sorted { $0.key < $1.key }.map { "\($0.key): \"\($0.value)\"" }
    return """
      apiVersion: weir/v1
      kind: Project
      metadata: {name: conformance}
      spec:
        environments:
          prod: {account: "\(account)", region: us-east-2, values: {\(pairs.joined(separator: ", "))}}

      """
  }

  /// A manifest that stays when those of the case go.
  static let anchor = """
    apiVersion: weir/v1
    kind: TierLimits
    metadata: {name: anchor}
    spec: {parameter: /anchor, modes: [normal], tiers: {free: {defaults: {sessions: 1}}}}

    """
}
