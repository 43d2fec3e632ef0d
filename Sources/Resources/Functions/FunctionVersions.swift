internal import Foundation
internal import Model

/// What aliases and versions of functions stand for. Each is named `FUNCTION:QUALIFIER`, which is how a
/// resource says that it needs one; what is known of it is context of its function, too.
struct FunctionVersions {
  /// What stands in the context of a function: `version` and `memory` for each qualifier.
  static let context = "versions"

  /// Calls AWS.
  let client: any AWSCaller

  /// Whether a name is that of an alias or a version.
  static func isQualified(_ name: String) -> Bool { name.contains(":") }

  /// The name of a function's alias or version.
  static func name(_ function: String, _ qualifier: String) -> String { "\(function):\(qualifier)" }

  /// The function and the qualifier of a name; nil where it is no such name.
  static func parts(_ name: String) -> (function: String, qualifier: String)? {
    let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
    return parts.count == 2 ? (parts[0], parts[1]) : nil
  }

  /// The aliases and versions of these names that are there, one request for each.
  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    let found = try await inParallel(names.sorted()) { name -> (String, Value)? in
      guard let (function, qualifier) = Self.parts(name) else { return nil }
      let input: Value = ["FunctionName": .string(function), "Qualifier": .string(qualifier)]
      return try await client.call(
        "lambda", "GetFunctionConfiguration", input, nilIf: "ResourceNotFoundException"
      ).map { (name, $0) }
    }
    return found.compactMap { $0 }.reduce(into: [:]) { live, version in
      let (name, description) = version
      live[name] = LiveResource(
        attributes: [:],
        context: [
          "version": description["Version"] ?? .null, "memory": description["MemorySize"] ?? .null,
        ].without())
    }
  }

  /// Which of the attributes of provisioned concurrency belong to the same version, by version.
  static func provisioned(
    _ attributes: [String: Value], _ context: [String: Value]
  ) -> [String: [String]] {
    let qualifiers = attributes.keys.filter { $0.hasPrefix(FunctionType.provisioned) }
      .map { String($0.dropFirst(FunctionType.provisioned.count)) }.sorted()
    return Dictionary(grouping: qualifiers) { qualifier in
      let isNumber = qualifier.allSatisfy { $0.isASCII && $0.isNumber }
      return context[Self.context]?[qualifier]?["version"]?.string
        ?? (isNumber ? qualifier : "behind \(qualifier)")
    }
  }
}
