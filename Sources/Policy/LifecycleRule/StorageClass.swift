internal import Model

/// A storage class that objects can move to, in the order of S3's waterfall: a transition only goes
/// down.
///
/// Source: S3 user guide, lifecycle-transition-general-considerations.
enum StorageClass: String, CaseIterable {
  case standardIA = "STANDARD_IA"
  case intelligentTiering = "INTELLIGENT_TIERING"
  case oneZoneIA = "ONEZONE_IA"
  case glacierInstant = "GLACIER_IR"
  case glacier = "GLACIER"
  case deepArchive = "DEEP_ARCHIVE"

  /// The word in manifests.
  var word: String {
    switch self {
    case .standardIA: "standard-ia"
    case .intelligentTiering: "intelligent-tiering"
    case .oneZoneIA: "onezone-ia"
    case .glacierInstant: "glacier-instant"
    case .glacier: "glacier"
    case .deepArchive: "deep-archive"
    }
  }

  /// The class that a word names.
  init?(word: String) {
    guard let found = Self.allCases.first(where: { $0.word == word }) else { return nil }
    self = found
  }

  /// Whether objects must be thirty days old to move here, and stay thirty days before they move on.
  var isInfrequentAccess: Bool { self == .standardIA || self == .oneZoneIA }

  /// Whether objects can move on to another class.
  func leads(to other: StorageClass) -> Bool {
    if self == .oneZoneIA, other == .glacierInstant { return false }
    return depth < other.depth
  }

  private var depth: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
