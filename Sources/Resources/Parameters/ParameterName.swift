/// The names that a parameter can have (API description of ssm, PutParameter).
enum ParameterName {
  /// How long a name can be.
  static let longest = 1011

  /// Whether AWS would look the name up: "a-zA-Z0-9_.-", and "/" between the parts of a path.
  static func isLegal(_ name: String) -> Bool {
    (1...longest).contains(name.count)
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_.-/".contains($0)) }
  }
}
