public import Foundation

/// The files of a policy at one time: of a working tree, or of a commit.
public struct PolicySource: Hashable, Sendable {
  /// The contents by path, relative to the policy's root, with `/` between folders.
  public let files: [String: Data]

  /// The given files; those that no policy reads may be among them.
  public init(files: [String: Data]) { self.files = files }

  /// Whether a policy may read a file of this path: YAML, and in no hidden folder.
  public static func reads(_ path: String) -> Bool {
    (path.hasSuffix(".yaml") || path.hasSuffix(".yml"))
      && !path.split(separator: "/").contains { $0.hasPrefix(".") }
  }
}
