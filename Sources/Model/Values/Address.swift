/// Which resource: its type and its name within the environment's account and region.
///
/// Written as `TYPE NAME`, for instance `ecs/service web-cluster/web`.
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
    (left.type, left.name) < (right.type, right.name)
  }
}
