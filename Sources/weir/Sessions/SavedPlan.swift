internal import Engine
internal import Foundation
internal import Model
internal import Rendering

/// A plan in a file, with the digest that shows whether the file was edited.
struct SavedPlan: Codable {
  let formatVersion: String
  let digest: String
  let plan: Plan

  init(digest: String, plan: Plan) {
    formatVersion = Plan.formatVersion
    self.digest = digest
    self.plan = plan
  }

  /// Reads a saved plan.
  ///
  /// - Throws: `Refusal` where the file cannot be read, is of a newer format, or was edited.
  init(path: String) throws {
    let saved: SavedPlan
    do {
      let data = try Data(contentsOf: URL(fileURLWithPath: path))
      saved = try CanonicalJSON.decode(SavedPlan.self, from: data)
    } catch let error as FormatVersionError {
      throw Refusal(
        .stale, "the plan is of another format",
        detail: "\(path) has format \(error.found); this version of Weir reads \(error.supported).",
        hint: "Plan again with this version.")
    } catch is DecodingError {
      throw Refusal(
        .failed, "not a plan", detail: "\(path) is not a plan that `weir plan --out` wrote.")
    } catch {
      throw Refusal(.failed, "the plan cannot be read", detail: "\(path) cannot be read.")
    }
    guard try saved.plan.digest() == saved.digest else {
      throw Refusal(
        .stale, "the plan was edited", detail: "\(path) is not as `weir plan --out` wrote it.",
        hint: "Plan again.")
    }
    self = saved
  }
}
