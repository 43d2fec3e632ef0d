internal import Engine
internal import Foundation
internal import Model
internal import Rendering

extension SavedPlan {
  /// Reads the plan in a file.
  ///
  /// - Throws: `Refusal` where the file cannot be read, is of another format, or was edited.
  init(path: String) throws {
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
      let isThere = FileManager.default.fileExists(atPath: path)
      throw Refusal(
        .failed, "the plan cannot be read",
        detail: isThere ? "\(path) cannot be read." : "There is no \(path).")
    }
    self = try refusing(path) { () throws(SavedPlanError) in try SavedPlan(reading: data) }
  }

  /// Writes it to a file that only its owner can read, and says how it is applied.
  ///
  /// - Throws: `ErrorFacts`.
  func save(to path: String, _ context: CommandContext) throws {
    try writeFile(
      CanonicalJSON.encode(self), to: path, isPrivate: true, orSay: "the plan could not be saved")
    if plan.policy.hasUncommittedChanges {
      context.console.note(
        "The policy has uncommitted changes: \(path) can be read, but not applied.")
    } else if !plan.problems.contains(where: \.isError) {
      context.console.note("The plan is saved: `weir apply \(path)` carries out just that.")
    }
  }
}

/// What `body` finds in the plan at `path`, its error in words.
///
/// - Throws: `Refusal`.
func refusing<Result>(_ path: String, _ body: () throws(SavedPlanError) -> Result) throws -> Result
{
  do {
    return try body()
  } catch {
    switch error {
    case .notAPlan:
      throw Refusal(
        .failed, "not a plan", detail: "\(path) is not a plan that `weir plan --out` wrote.")
    case .otherFormat(let format):
      throw Refusal(
        .stale, "the plan is of another format",
        detail: "\(path) has format \(format.found); this version of Weir reads "
          + "\(format.supported).", hint: "Plan again with this version.")
    case .edited:
      throw Refusal(
        .stale, "the plan was edited", detail: "\(path) is not as `weir plan --out` wrote it.",
        hint: "Plan again.")
    case .unsigned:
      throw Refusal(
        .stale, "the plan is not signed",
        detail: "--require-signed takes a plan that was saved with a signing key.",
        hint: "Set \(PlanKeyVariables.signing) where `weir plan --out` runs.")
    case .otherSignature:
      throw Refusal(
        .stale, "the plan's signature is not valid",
        detail: "It was not made of this plan with the key that belongs to "
          + "\(PlanKeyVariables.checking).",
        hint: "Plan again where the signing key is.")
    }
  }
}
