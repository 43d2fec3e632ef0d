/// Which resource: its type and its name within the environment's account and region.
///
/// Written as `TYPE NAME`, for instance `ecs/service web-cluster/web`. Names are the same only byte for byte, as they
/// are in AWS: `é` may be written as one character or as two, and text of Swift takes both for one.
public struct Address: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  /// The resource type, such as `ecs/service`.
  public let type: String
  /// The name, in the form that its type defines.
  public let name: String

  /// The resource `name` of `type`.
  public init(_ type: String, _ name: String) {
    self.type = type
    self.name = name
  }

  /// `TYPE NAME`.
  public var description: String { "\(type) \(name)" }

  /// By type, then by name.
  public static func < (left: Self, right: Self) -> Bool {
    if left.type != right.type { return left.type < right.type }
    if left.name != right.name { return left.name < right.name }
    return left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
  }

  /// The same type and the same bytes.
  public static func == (left: Self, right: Self) -> Bool {
    left.type == right.type && left.name.utf8.elementsEqual(right.name.utf8)
  }

  /// By the text: names that Swift takes for one have one hash, which is enough.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(type)
    hasher.combine(name)
  }
}

extension Set<String> {
  /// Whether it holds a name byte for byte.
  public func holds(_ name: String) -> Bool {
    firstIndex(of: name).map { self[$0].utf8.elementsEqual(name.utf8) } ?? false
  }
}
