import Model
import YAMLReader

extension PolicyLoader {
  /// The YAML and JSON files that manifests name under `spec.file`: data of theirs rather than manifests.
  ///
  /// A file that is not there is left to the kind, which knows what the field is for.
  mutating func attachments(of files: [(path: String, nodes: [Node])]) -> [String: [Node]] {
    var attachments: [String: [Node]] = [:]
    let known = Dictionary(
      files.map { ($0.path, $0.nodes) }, uniquingKeysWith: { first, _ in first })
    for file in files {
      for node in file.nodes where node["kind"] != nil {
        let specs = [node["spec"]] + (node["overrides"]?.entries ?? []).map { $0.value }
        for spec in specs {
          guard let name = spec?["file"]?.scalar?.string else { continue }
          let path = attachmentPath(name, beside: file.path)
          guard path != file.path, attachments[path] == nil, PolicySource.attaches(path) else {
            continue
          }
          attachments[path] = known[path] ?? readFile(path)
        }
      }
    }
    return attachments
  }
}

/// The path from the policy's root of a file that a manifest names relative to its own folder.
public func attachmentPath(_ name: String, beside manifest: String) -> String {
  var parts = manifest.split(separator: "/").dropLast()
  for part in name.split(separator: "/") where part != "." {
    if part == ".." { parts = parts.dropLast() } else { parts.append(part) }
  }
  return parts.joined(separator: "/")
}
