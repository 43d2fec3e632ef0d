public import Foundation
public import Model

/// A plan in a file, with the seal that shows whether the file was edited, and perhaps a signature
/// that shows who sealed it.
public struct SavedPlan: Hashable, Sendable, Codable {
  /// The version of the file's format.
  public let formatVersion: String
  /// The digest of the plan, which leaves out when it was made.
  public let digest: String
  /// The digest of the plan's digest and of the time at which it was made.
  public let seal: String
  /// The Ed25519 signature of the same, in base64.
  public let signature: String?
  /// The plan.
  public let plan: Plan
  /// Of a way back: whether it leads to what stood in AWS before the next apply, rather than to what
  /// the apply brought about that it returns to. nil of a plan that comes from the policy.
  public let isBackToFound: Bool?

  /// A plan to be saved, signed where there is a key.
  ///
  /// - Throws: `EncodingError`.
  public init(_ plan: Plan, key: PlanSigningKey?, isBackToFound: Bool? = nil) throws {
    self.isBackToFound = isBackToFound
    formatVersion = Plan.formatVersion
    self.plan = plan
    digest = try plan.digest()
    let text = Self.sealedText(digest: digest, time: plan.time)
    seal = sha256(Data(text.utf8))
    signature = key?.signature(of: text)
  }

  /// Reads a plan that was saved.
  ///
  /// - Throws: `SavedPlanError`.
  public init(reading data: Data) throws(SavedPlanError) {
    let saved: SavedPlan
    do {
      saved = try CanonicalJSON.decode(SavedPlan.self, from: data)
    } catch let error as FormatVersionError {
      throw SavedPlanError.otherFormat(error)
    } catch {
      throw SavedPlanError.notAPlan
    }
    let text = Self.sealedText(digest: saved.digest, time: saved.plan.time)
    guard (try? saved.plan.digest()) == saved.digest, sha256(Data(text.utf8)) == saved.seal else {
      throw SavedPlanError.edited
    }
    self = saved
  }

  /// Checks that the file was signed with the key that belongs to `key`.
  ///
  /// - Throws: `SavedPlanError`.
  public func checkSignature(_ key: PlanPublicKey) throws(SavedPlanError) {
    guard let signature else { throw SavedPlanError.unsigned }
    guard key.accepts(signature, of: Self.sealedText(digest: digest, time: plan.time)) else {
      throw SavedPlanError.otherSignature
    }
  }

  private static func sealedText(digest: String, time: Date) -> String {
    "weir saved plan 1\n\(digest)\n\(time.formatted(.iso8601))\n"
  }
}

extension SavedPlan {
  /// Reads the file; another format is told before anything else is looked at.
  ///
  /// - Throws: `DecodingError`, `FormatVersionError`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    formatVersion = try container.decode(String.self, forKey: .formatVersion)
    try FormatVersionError.check("plan", found: formatVersion, supported: Plan.formatVersion)
    plan = try container.decode(Plan.self, forKey: .plan)
    digest = try container.decode(String.self, forKey: .digest)
    seal = try container.decode(String.self, forKey: .seal)
    signature = try container.decodeIfPresent(String.self, forKey: .signature)
    isBackToFound = try container.decodeIfPresent(Bool.self, forKey: .isBackToFound)
  }
}

/// Why a file cannot be applied.
public enum SavedPlanError: Error, Hashable, Sendable {
  /// It is not a plan that Weir saved.
  case notAPlan
  /// It has a format that this version does not read.
  case otherFormat(FormatVersionError)
  /// Its plan, digest, time and seal do not belong together.
  case edited
  /// It has no signature.
  case unsigned
  /// Its signature was made with another key, or of another plan.
  case otherSignature
}
