internal import Foundation
internal import Rendering

/// Writes a file that a user named, whole or not at all.
///
/// - Parameters:
///   - isPrivate: whether only its owner can read it, as where it holds live values of an account.
///   - summary: what to say where it cannot be written.
/// - Throws: `ErrorFacts`.
func writeFile(_ data: Data, to path: String, isPrivate: Bool, orSay summary: String) throws {
  do {
    try data.write(to: URL(fileURLWithPath: path), options: .atomic)
    if isPrivate {
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }
  } catch let error as CocoaError {
    throw ErrorFacts(summary, detail: "\(path): \(error.localizedDescription)")
  }
}
