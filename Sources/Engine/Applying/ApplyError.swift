public import Model

/// Why an apply did not begin, or did not end.
public enum ApplyError: Error, Hashable, Sendable {
  /// Another apply has begun and not ended.
  case locked(PendingApply)
  /// Writes were made, but what became of them could not be read; the apply is left to `recover`.
  case unfinished(serial: Int, String)
  /// Writes were made, but the end commit could not be written; the apply is left to `recover`.
  case notRecorded(serial: Int, String)
}
