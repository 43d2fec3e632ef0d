public import Foundation

/// The files of a policy at one time: of a working tree, or of a commit.
public struct PolicySource: Hashable, Sendable {
  /// The contents by path, relative to the policy's root, with `/` between folders.
  public let files: [String: Data]

  /// The given files; those that no policy reads may be among them.
  public init(files: [String: Data]) { self.files = files }

  /// Whether a manifest may name a file of this path under `file`: YAML or JSON, and in no hidden folder.
  static func attaches(_ path: String) -> Bool {
    reads(path) || (path.hasSuffix(".json") && !isHidden(path))
  }

  /// The JSON files that manifests name under `file`. Others are none of the policy's business, so that
  /// nobody needs to read them.
  ///
  /// - Parameter files: the YAML files, by path from the policy's root.
  /// - Returns: paths from the root; what a comment names may be among them.
  public static func attachedPaths(in files: [String: Data]) -> Set<String> {
    var paths: Set<String> = []
    for (path, data) in files {
      let text = String(decoding: data, as: UTF8.self)
      for match in text.matches(of: /\bfile:\s*(?:"([^"\n]+)"|'([^'\n]+)'|([^\s,{}"']+))/) {
        guard let name = match.output.1 ?? match.output.2 ?? match.output.3 else { continue }
        let attached = attachmentPath(String(name), beside: path)
        if attached.hasSuffix(".json"), attaches(attached) { paths.insert(attached) }
      }
    }
    return paths
  }

  /// Whether a policy may read a file of this path: YAML, and in no hidden folder.
  public static func reads(_ path: String) -> Bool {
    (path.hasSuffix(".yaml") || path.hasSuffix(".yml")) && !isHidden(path)
  }

  private static func isHidden(_ path: String) -> Bool {
    path.split(separator: "/").contains { $0.hasPrefix(".") }
  }
}
