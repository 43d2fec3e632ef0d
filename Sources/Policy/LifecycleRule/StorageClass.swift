internal import Model

extension StorageClass {
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
}
