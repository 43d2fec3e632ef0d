public import Manifests
public import Model

/// A kind of manifest: what it takes, and what it wants of AWS.
///
/// A new kind is a file with a type that conforms, a line in ``allKinds`` and a folder of fixtures.
public protocol ManifestKind: SendableMetatype {
  /// What a manifest of this kind takes.
  static var schema: KindSchema { get }

  /// The resources that a manifest asks for.
  ///
  /// What is wrong is added to `diagnostics`, all of it, each with its place. Fields that are wrong
  /// in themselves are missing from `manifest.fields` and have been reported already, so that a kind
  /// leaves out what it cannot know and goes on.
  static func compile(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredResource]

  /// What a manifest asks of resources that it does not name, but describes.
  ///
  /// What is wrong is added to `diagnostics` as in `compile`.
  static func select(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredSelection]
}

extension ManifestKind {
  /// Nothing: most kinds name their resources.
  static func select(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredSelection] { [] }
}
