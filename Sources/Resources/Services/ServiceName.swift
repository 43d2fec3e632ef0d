/// The name of an `ecs/service`: `CLUSTER/SERVICE`. Neither part can have a slash: letters, digits,
/// hyphens and underscores only (API description of ecs, CreateCluster and CreateService).
struct ServiceName: Hashable, Sendable {
  /// The cluster.
  let cluster: String
  /// The service within it.
  let service: String

  /// The parts of `name`; nil where it has not this form.
  init?(_ name: String) {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, parts.allSatisfy(Self.isLegal) else { return nil }
    cluster = parts[0]
    service = parts[1]
  }

  /// The service `service` of `cluster`.
  init(cluster: String, service: String) {
    self.cluster = cluster
    self.service = service
  }

  private static func isLegal(_ part: String) -> Bool {
    (1...255).contains(part.count)
      && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
  }

  /// The name.
  var text: String { "\(cluster)/\(service)" }
}
