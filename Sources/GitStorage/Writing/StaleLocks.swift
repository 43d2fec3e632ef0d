internal import Foundation

extension Repository {
  /// After how many seconds a lock file of a reference counts as left behind by a process that died: who
  /// lives holds one for milliseconds, and a talk with a remote ends after a minute.
  private static let lifetime = 60.0

  /// Removes the lock file of a reference that a process left behind when it died.
  ///
  /// - Returns: whether there was one.
  func removeStaleLock(of reference: String) -> Bool {
    let path = "\(gitDirectory)/\(reference).lock"
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    guard let written = attributes?[.modificationDate] as? Date,
      -written.timeIntervalSinceNow > Self.lifetime
    else { return false }
    return (try? FileManager.default.removeItem(atPath: path)) != nil
  }
}
