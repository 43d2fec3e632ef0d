public import Model

/// A value, and where it was written.
@dynamicMemberLookup
public struct Located<Wrapped> {
  /// The value.
  public let value: Wrapped
  /// Where it stands.
  public let range: SourceRange

  /// A value at a place.
  public init(_ value: Wrapped, range: SourceRange) {
    self.value = value
    self.range = range
  }

  /// Another value at the same place.
  public func map<Other>(_ transform: (Wrapped) -> Other) -> Located<Other> {
    Located<Other>(transform(value), range: range)
  }

  /// A member of the value.
  public subscript<Member>(dynamicMember path: KeyPath<Wrapped, Member>) -> Member {
    value[keyPath: path]
  }
}

extension Located: Sendable where Wrapped: Sendable {}
extension Located: Equatable where Wrapped: Equatable {}
extension Located: Hashable where Wrapped: Hashable {}
