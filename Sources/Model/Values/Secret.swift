/// Text that must not reach Git, a plan file, a log or the screen: e-mail addresses, webhook URLs.
///
/// In memory it is clear where it is about to be sent to AWS; in plans and in state it is a salted
/// digest, which can be compared but not read. Its description never shows it.
public enum Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  case clear(String)
  case digest(String)

  /// The key that marks a digest in JSON.
  static let digestKey = "$digest"

  /// Never the text.
  public var description: String { "(sensitive)" }
  /// Never the text.
  public var debugDescription: String { "(sensitive)" }
  /// Nothing: `dump` shows no text either.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Value {
  /// This value with every secret in it replaced by what `change` makes of it.
  public func mappingSecrets<Failure>(_ change: (Secret) throws(Failure) -> Secret)
    throws(Failure) -> Value
  {
    switch self {
    case .sensitive(let secret): return .sensitive(try change(secret))
    case .list(let elements):
      var mapped: [Value] = []
      for element in elements { mapped.append(try element.mappingSecrets(change)) }
      return .list(mapped)
    case .map(let members):
      var mapped: [String: Value] = [:]
      for (key, member) in members { mapped[key] = try member.mappingSecrets(change) }
      return .map(mapped)
    case .null, .bool, .number, .string, .bytes: return self
    }
  }
}
