public import Model
public import YAMLReader

/// A manifest as it holds in one environment: overrides merged, values filled in, fields typed.
public struct Manifest: Hashable, Sendable {
  /// What happens to its resources when it goes; without it Weir gives back what it found, and
  /// deletes what it created.
  public enum RemovalRule: String, Hashable, Sendable, CaseIterable {
    case restore
    case delete
    case keep
  }

  /// What a plan does where others changed its resources; without it Weir puts them back.
  public enum DriftRule: String, Hashable, Sendable, CaseIterable {
    case revert
    case keep
    case refuse
  }

  /// The kind, one of those that the policy was loaded with.
  public let kind: String
  /// The name, unique among its kind in an environment.
  public let name: Located<String>
  /// The labels.
  public let labels: [String: String]
  /// Whether its resources must not be deleted.
  public let isProtected: Bool
  /// What happens to its resources when it goes, if it says so.
  public let onRemove: RemovalRule?
  /// What a plan does where others changed its resources, if it says so.
  public let onDrift: DriftRule?
  /// Where the manifest stands.
  public let range: SourceRange
  /// The typed spec; what was wrong in it is missing here and in the diagnostics.
  public let fields: Fields
  /// The spec as nodes.
  public let spec: Node
}

extension Manifest {
  /// The file that it stands in, relative to the policy's root.
  public var file: String { range.file }
}
