/// Bounds on what a file may ask of the reader, so that bad input fails in bounded time and memory.
public struct ReadingLimits: Hashable, Sendable {
  /// The longest file, in bytes.
  public var fileBytes = 8 << 20
  /// The longest scalar, in bytes.
  public var scalarBytes = 1 << 20
  /// How deep collections may nest, aliases included.
  public var depth = 64
  /// How many nodes a file may hold, aliases counted once each.
  public var nodes = 500_000
  /// How many nodes the aliases of a file may stand for, together.
  public var aliasedNodes = 100_000
  /// How many errors of one file are worth telling.
  public var diagnostics = 100

  /// The usual bounds.
  public init() {}
}
