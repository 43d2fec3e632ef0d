/// A storage class that objects of S3 can move to, in the order of S3's waterfall: a transition only goes
/// down.
///
/// Source: Amazon S3 User Guide, lifecycle-transition-general-considerations.
public enum StorageClass: String, CaseIterable, Sendable {
  case standardIA = "STANDARD_IA"
  case intelligentTiering = "INTELLIGENT_TIERING"
  case oneZoneIA = "ONEZONE_IA"
  case glacierInstant = "GLACIER_IR"
  case glacier = "GLACIER"
  case deepArchive = "DEEP_ARCHIVE"

  /// How many days objects must be old to move to a class of infrequent access, and stay in it before
  /// they move on.
  public static let leastDays = 30

  /// Whether `leastDays` hold for it.
  public var isInfrequentAccess: Bool { self == .standardIA || self == .oneZoneIA }

  /// Whether objects can move on to another class.
  public func leads(to other: StorageClass) -> Bool {
    if self == .oneZoneIA, other == .glacierInstant { return false }
    return depth < other.depth
  }

  private var depth: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
