/// Why JSON text cannot be read.
struct JSONFault: Error, Hashable {
  /// What was met.
  let message: String
  /// Where, in bytes from the start.
  let offset: Int
}
