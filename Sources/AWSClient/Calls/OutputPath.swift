internal import Model

/// A place in an output, as botocore's page data name it: `NextMarker || Contents[-1].Key`.
struct OutputPath {
  private let alternatives: [[Substring]]

  /// Reads a path; of several alternatives the first that is there counts.
  init(_ text: String) {
    alternatives = text.split(separator: "|").map { path in
      path.filter { !$0.isWhitespace }[...].split(separator: ".")
    }
  }

  /// What stands there.
  func value(in output: Value) -> Value? {
    for path in alternatives {
      var value: Value? = output
      for step in path {
        if step.hasSuffix("[-1]") {
          value = value?[String(step.dropLast(4))]?.list?.last
        } else {
          value = value?[String(step)]
        }
      }
      if let value, !value.isNull { return value }
    }
    return nil
  }
}
