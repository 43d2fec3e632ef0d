/// What stood in AWS before the first write of an apply.
public struct Snapshot: Hashable, Sendable {
  /// One resource before the apply.
  public struct Entry: Hashable, Sendable, Codable {
    /// As AWS held it; nil where it was not there.
    public let before: LiveResource?
    /// The attributes that the apply was to set or to take away, sorted.
    public let touched: [String]

    /// An entry of the snapshot.
    public init(before: LiveResource?, touched: [String]) {
      self.before = before
      self.touched = touched
    }
  }

  /// The apply that it stands before.
  public let serial: Int
  /// Every resource that the plan touches.
  public let resources: [Address: Entry]

  /// A snapshot taken before apply `serial`.
  public init(serial: Int, resources: [Address: Entry]) {
    self.serial = serial
    self.resources = resources
  }
}
