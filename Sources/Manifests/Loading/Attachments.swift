import Model
public import YAMLReader

/// A file that a manifest names under `spec.file`.
public enum Attachment: Hashable, Sendable {
  /// The documents in it that are not empty.
  case documents([Node])
  /// It is neither YAML nor JSON, which has been reported at its place.
  case unreadable
}

extension PolicyLoader {
  /// The YAML and JSON files that manifests name under `spec.file`: data of theirs rather than manifests.
  ///
  /// A file that is not there is left to the kind, which knows what the field is for.
  mutating func attachments(of files: [(path: String, nodes: [Node])]) -> [String: Attachment] {
    var attachments: [String: Attachment] = [:]
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
          attachments[path] = attachment(path, known[path])
        }
      }
    }
    return attachments
  }

  /// The file at a path; nil where there is none. What has been read as a manifest is not read again.
  private mutating func attachment(_ path: String, _ nodes: [Node]?) -> Attachment? {
    guard source.files[path] != nil else { return nil }
    let documents = nodes ?? (sources[path] == nil ? readFile(path) : nil)
    return documents.map { .documents($0) } ?? .unreadable
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
