internal import Foundation
internal import Manifests
internal import Model

extension Workspace {
  /// The policy's files in the working tree, and a diagnostic for each that cannot be read.
  func readWorkTree() -> (PolicySource, unreadable: Diagnostics) {
    var files: [String: Data] = [:]
    var diagnostics = Diagnostics()
    var folders = [""]
    while let folder = folders.popLast() {
      let names: [String]
      do {
        names = try FileManager.default.contentsOfDirectory(atPath: "\(directory)/\(folder)")
      } catch {
        diagnostics.add(unreadable(folder, "The directory cannot be read."))
        continue
      }
      for name in names.sorted() where !name.hasPrefix(".") {
        let path = folder.isEmpty ? name : "\(folder)/\(name)"
        if case .typeDirectory = kind(of: path) {
          folders.append(path)
        } else if PolicySource.reads(path) {
          files[path] = read(path, into: &diagnostics)
        }
      }
    }
    for path in PolicySource.attachedPaths(in: files).sorted() {
      files[path] = read(path, into: &diagnostics)
    }
    return (PolicySource(files: files), diagnostics)
  }

  /// A regular file; nil for anything else, of which a link is reported.
  private func read(_ path: String, into diagnostics: inout Diagnostics) -> Data? {
    switch kind(of: path) {
    case .typeRegular:
      do {
        return try Data(contentsOf: URL(fileURLWithPath: "\(directory)/\(path)"))
      } catch {
        diagnostics.add(unreadable(path, "The file cannot be read: check its permissions."))
      }
    case .typeSymbolicLink:
      diagnostics.add(
        unreadable(
          path,
          "It is a symbolic link. A policy is read from Git as it is committed, where links "
            + "are not followed: put the file itself here."))
    default: break
    }
    return nil
  }

  private func kind(of path: String) -> FileAttributeType? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: "\(directory)/\(path)")
    return attributes?[.type] as? FileAttributeType
  }

  private func unreadable(_ path: String, _ detail: String) -> Diagnostic {
    let start = SourcePosition(line: 1, column: 1)
    return Diagnostic(
      .error, "unreadable", detail: detail,
      range: SourceRange(file: path.isEmpty ? "." : path, start: start, end: start))
  }
}
