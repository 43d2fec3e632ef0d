/// Somebody else who may move what a manifest sets: read with it, told where he is there, and left
/// alone.
public struct Rival: Hashable, Sendable {
  /// The resource that moves it.
  public let address: Address
  /// What to tell; `{NAME}` stands for an attribute of the rival.
  public let remark: String

  /// A rival.
  public init(_ address: Address, remark: String) {
    self.address = address
    self.remark = remark
  }

  /// What to tell of the rival as he is.
  public func remark(on live: LiveResource) -> String {
    live.attributes.reduce(into: remark) { text, attribute in
      guard let number = attribute.value.number else { return }
      text = text.split(separator: "{\(attribute.key)}", omittingEmptySubsequences: false)
        .joined(separator: "\(number)")
    }
  }
}
