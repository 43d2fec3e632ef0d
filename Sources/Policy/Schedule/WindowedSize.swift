internal import Manifests
internal import Model

/// A kind whose sizes windows change, by calls of EventBridge Scheduler.
protocol WindowedSize: ManifestKind {
  /// The field of a Schedule's target that names a manifest of this kind.
  static var target: String { get }
  /// The fields of a window that say another size.
  static var windowFields: [String] { get }

  /// The resource as it is outside of all windows; nil where it is not known.
  static func resource(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> DesiredResource?

  /// What holds of the resource in a window; nil where that is not known, which has been reported.
  static func wishes(
    in window: Fields, of resource: DesiredResource, into diagnostics: inout Diagnostics
  ) -> Wishes?

  /// Brings attributes that follow from others in line with them.
  ///
  /// - Parameter window: what the window says that is in force; nil outside of all.
  static func settle(_ resource: inout DesiredResource, in window: Wishes?)

  /// The values with which a call leads from any of `others` to `wishes`; nil where a value is missing
  /// that AWS needs.
  static func values(
    of wishes: [String: DesiredValue], after others: [[String: DesiredValue]]
  ) -> [String: Value]?

  /// Whether nothing has to be given back of an attribute when a window ends that has set it.
  static func needsNoReturn(_ attribute: String, to outside: [String: DesiredValue]) -> Bool
}

extension WindowedSize {
  static func compile(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredResource] {
    guard let resource = resource(manifest, in: context, into: &diagnostics) else { return [] }
    return [SizeSchedule<Self>(of: manifest, resource, in: context).held]
  }

  static func settle(_ resource: inout DesiredResource, in window: Wishes?) {}

  static func needsNoReturn(_ attribute: String, to outside: [String: DesiredValue]) -> Bool {
    false
  }
}
