internal import Foundation
internal import Model

/// What Lambda would refuse about a write (Lambda Developer Guide, "Lambda quotas" and "Configuring
/// reserved concurrency"; API description of lambda, PutProvisionedConcurrencyConfig).
struct FunctionProblems {
  /// What an account keeps for functions without a reservation.
  private static let keptUnreserved = Decimal(100)

  private let write: ResourceWrite
  private let before: [String: Value]
  private let result: [String: Value]

  /// The problems of a write.
  init(_ write: ResourceWrite) {
    self.write = write
    before = write.live?.attributes ?? [:]
    result = write.result
  }

  /// The problems; none for a function that is not there, which is a problem of its own.
  var all: [ResourceProblem] {
    guard write.live != nil else { return [] }
    return bounds + account + provisioned + shared + blocked + latest
  }

  private var bounds: [ResourceProblem] {
    [("memory", 128, 10_240, "MB of memory"), ("timeout", 1, 900, "seconds")].compactMap {
      name, least, most, unit in
      guard let number = write.set[name]?.numeral,
        !(Decimal(least)...Decimal(most)).contains(number)
      else { return nil }
      return ResourceProblem(
        name, "Lambda has \(least) to \(most) \(unit); \(number.plain) is outside.")
    }
  }

  /// Others may take from the account meanwhile: this is how it stands now.
  private var account: [ResourceProblem] {
    guard let reserved = write.set["reservedConcurrency"]?.numeral,
      let unreserved = write.live?.context["unreservedConcurrency"]?.numeral
    else { return [] }
    let free = unreserved + (before["reservedConcurrency"]?.numeral ?? 0) - Self.keptUnreserved
    guard reserved > free, reserved > before["reservedConcurrency"]?.numeral ?? 0 else { return [] }
    // A function that takes no calls cannot get worse: what else is to be started goes on without it.
    let isParked = before["reservedConcurrency"]?.numeral == 0
    return [
      ResourceProblem(
        "reservedConcurrency",
        "The account can give this function at most \(max(free, 0).plain): it has"
          + " \(unreserved.plain) unreserved, and keeps 100 of them. Reserve less elsewhere, or have the"
          + " quota raised." + (isParked ? " AWS will refuse this one until then." : ""),
        severity: isParked ? .warning : .error)
    ]
  }

  private var provisioned: [ResourceProblem] {
    let sum = FunctionType.provisioned(result)
    guard let reserved = result["reservedConcurrency"]?.numeral, sum > reserved else { return [] }
    let attribute =
      write.set["reservedConcurrency"] != nil
      ? "reservedConcurrency"
      : write.set.keys.sorted().first { $0.hasPrefix(FunctionType.provisioned) }
    let holders = result.keys.filter { $0.hasPrefix(FunctionType.provisioned) }.sorted()
      .map { $0.dropFirst(FunctionType.provisioned.count) }.joined(separator: ", ")
    return [
      ResourceProblem(
        attribute,
        "Provisioned concurrency of \(sum.plain) (\(holders)) is more than the \(reserved.plain) reserved for"
          + " the function.")
    ]
  }

  /// "Each version of a function can only have one provisioned concurrency configuration": on itself or on
  /// one alias (Lambda developer guide, "Configuring provisioned concurrency for a function").
  private var shared: [ResourceProblem] {
    FunctionVersions.provisioned(result, write.live?.context ?? [:]).sorted { $0.key < $1.key }
      .compactMap { version, qualifiers in
        let attributes = qualifiers.map { FunctionType.provisioned + $0 }
        guard attributes.count > 1, let touched = attributes.first(where: { write.set[$0] != nil })
        else { return nil }
        return ResourceProblem(
          touched,
          "\(qualifiers.joined(separator: ", ")) stand for the same version, \(version), and AWS takes"
            + " provisioned concurrency for a version once: on itself or on one alias.")
      }
  }

  /// Memory and timeout are part of what a version was published with.
  private var latest: [ResourceProblem] {
    let versions = write.live?.context[FunctionVersions.context]?.members ?? [:]
    let keepers = versions.sorted { $0.key < $1.key }.compactMap { qualifier, version in
      version["memory"]?.numeral.map { "\(qualifier) has \($0.plain) MB" }
    }
    guard write.touched.contains("memory"), !keepers.isEmpty else { return [] }
    return [
      ResourceProblem(
        "memory",
        "The memory becomes that of $LATEST; versions keep theirs (\(keepers.joined(separator: ", ")))."
          + " Publish a version and move the alias to it, so that its callers get the new one.",
        severity: .warning)
    ]
  }

  private var blocked: [ResourceProblem] {
    guard write.set["reservedConcurrency"]?.numeral == 0 else { return [] }
    return [
      ResourceProblem(
        "reservedConcurrency",
        "With 0 every call is refused. Queues and streams go on trying: their messages may end in a dead-letter"
          + " queue, or expire.", severity: .warning)
    ]
  }
}
