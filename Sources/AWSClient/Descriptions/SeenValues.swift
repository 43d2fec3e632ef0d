/// Values of enums that an API description does not know, but that the service itself has said.
///
/// AWS adds values. What is read may be written back; what nobody has ever said is a mistake.
final class SeenValues: Sendable {
  private let values = Locked<Set<[String]>>([])

  /// Notes a text that a response held and that is new to its type.
  func note(_ text: String, of shape: Shape) {
    values.withLock { _ = $0.insert([shape.name, text]) }
  }

  /// Whether a response held that text in a place of that type.
  func contains(_ text: String, of shape: Shape) -> Bool {
    values.withLock { $0.contains([shape.name, text]) }
  }
}
