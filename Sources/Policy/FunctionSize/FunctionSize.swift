internal import Foundation
internal import Manifests
internal import Model

/// `FunctionSize`: how large a function of Lambda is, and how many of it run at once.
enum FunctionSize: ManifestKind {
  static let schema = KindSchema(
    kind: "FunctionSize",
    doc: """
      How large a function of Lambda is, and how many of it run at once.

      It changes a function that is there. What is left out stays as it is, and so does the provisioned \
      concurrency of aliases and versions that are not named. Memory and timeout become those of $LATEST: \
      a version keeps what it was published with, and so do the callers of its aliases. A version has \
      provisioned concurrency once, on itself or on one alias. Reserved concurrency is free, and 0 refuses \
      every call; the account keeps 100 for functions without a reservation.
      """,
    spec: ObjectSchema([
      Field("function", .string(name), isRequired: true, doc: "The name of the function."),
      Field("memory", .dataSize, doc: "The memory, 128 MB to 10240 MB; CPU grows with it."),
      Field("timeout", .duration, doc: "How long a call may take: 1s to 15m."),
      Field(
        "reservedConcurrency", .integer(0...1_000_000),
        doc: "How many calls run at once at most, and are kept for it."),
      Field(
        "provisionedConcurrency", .map(.integer(1...1_000_000)),
        doc:
          "How many instances wait for calls, by alias or version; none reaches beyond what is reserved."
      ),
    ]))

  /// API description of lambda, FunctionName and Alias.
  private static let name = StringRule(
    "a function's name of letters, digits, `-` and `_`", example: "resize",
    pattern: "[A-Za-z0-9_-]{1,64}")
  private static let qualifier = StringRule(
    "an alias or a version", example: "live", pattern: "[A-Za-z0-9_-]{1,128}")

  static func compile(
    _ manifest: Manifest, in context: CompilationContext, into diagnostics: inout Diagnostics
  ) -> [DesiredResource] {
    let fields = manifest.fields
    if !["memory", "timeout", "reservedConcurrency", "provisionedConcurrency"].contains(
      where: fields.has)
    {
      diagnostics.add(
        error: "nothing to set", at: fields.range,
        detail: "A FunctionSize sets at least one of memory, timeout and the concurrencies.")
    }
    var wishes = Wishes()
    if let bytes = fields.bytes("memory") {
      let (size, rest) = bytes.value.quotientAndRemainder(dividingBy: 1 << 20)
      if rest != 0 || !(128...10_240).contains(size) {
        diagnostics.add(
          error: "expected whole MB, 128 to 10240", at: bytes.range,
          detail: "Lambda has no functions with another memory.")
      } else {
        wishes.set(
          "memory", to: Value(Int(size)), at: bytes.range, as: .quantity(.dataSize, scale: 1 << 20))
      }
    }
    if let timeout = fields.duration("timeout") {
      if !(1...900).contains(timeout.value) {
        diagnostics.add(
          error: "expected 1s to 15m", at: timeout.range,
          detail: "Lambda ends every call after 15 minutes.")
      }
      wishes.set("timeout", to: Value(timeout.value), at: timeout.range, as: .quantity(.duration))
    }
    let reserved = fields.integer("reservedConcurrency")
    if let reserved {
      wishes.set("reservedConcurrency", to: Value(reserved.value), at: reserved.range, as: .integer)
    }
    var (sum, qualifiers): (Int, [String]) = (0, [])
    for entry in fields.map("provisionedConcurrency") {
      guard let number = entry.value.value.integer else { continue }
      if !qualifier.allows(entry.key.value) {
        diagnostics.add(
          error: "not an alias or a version", at: entry.key.range,
          detail:
            "Provisioned concurrency belongs to an alias or a published version, never to $LATEST.")
        continue
      }
      sum += number
      qualifiers.append(entry.key.value)
      wishes.set(
        "provisionedConcurrency.\(entry.key.value)", to: Value(number), at: entry.value.range,
        as: .integer)
    }
    if let reserved, sum > reserved.value {
      diagnostics.add(
        error: "more is provisioned than reserved", at: fields.range(of: "provisionedConcurrency"),
        detail: "\(sum) are provisioned, and \(reserved.value) reserved.")
    }
    guard let function = fields.string("function"), !wishes.isEmpty else { return [] }
    var resource = manifest.resource(
      Address("lambda/function", function.value), wishes, in: context)
    resource.needs = qualifiers.map { Address("lambda/function", "\(function.value):\($0)") }
    return [resource]
  }
}
