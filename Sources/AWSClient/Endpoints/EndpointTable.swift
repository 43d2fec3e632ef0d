/// Where AWS has its services: `EndpointData`, made ready for looking up.
enum EndpointTable {
  /// A kind of host.
  enum Variant: String, Hashable {
    case plain, dual, fips, both

    /// The kind that somebody wants.
    init(usesFIPS: Bool, usesDualStack: Bool) {
      self = usesFIPS ? (usesDualStack ? .both : .fips) : (usesDualStack ? .dual : .plain)
    }

    /// The host that a service has if nothing else is known of it, with blanks.
    func general(_ prefix: String) -> String {
      switch self {
      case .plain: "\(prefix).{region}.{dns}"
      case .dual: "\(prefix).{region}.{dual}"
      case .fips: "\(prefix)-fips.{region}.{dns}"
      case .both: "\(prefix)-fips.{region}.{dual}"
      }
    }
  }

  /// A host and the region in signatures for it, with blanks.
  struct Place {
    let host: String
    let signingRegion: String

    /// What the table says where the rules give no host.
    var isNone: Bool { host == "-" }

    /// A text of the place with its blanks filled in.
    static func fill(_ text: String, region: String, partition: Partition) -> String {
      var filled = ""
      for (index, part) in text.split(separator: "{", omittingEmptySubsequences: false).enumerated()
      {
        guard index > 0, let end = part.firstIndex(of: "}") else {
          filled += part
          continue
        }
        switch part[..<end] {
        case "region": filled += region
        case "dns": filled += partition.dnsSuffix
        default: filled += partition.dualStackSuffix
        }
        filled += part[part.index(after: end)...]
      }
      return filled
    }
  }

  /// What is known of one service.
  struct Service {
    let serviceID: String
    let prefix: String
    let signingName: String
    private let exceptions: ArraySlice<Substring>

    /// Reads a line of `EndpointData.services`.
    fileprivate init(_ line: Substring) {
      let parts = line.split(separator: ";")
      let names = parts[0].split(separator: "|")
      serviceID = String(names[1])
      prefix = String(names[2])
      signingName = String(names[3])
      exceptions = parts.dropFirst()
    }

    /// Where the service is in a region, if it is not where the general pattern says.
    func exception(_ variant: Variant, region: String, partition: Partition) -> Place? {
      place(variant, region) ?? place(variant, partition.name)
    }

    private func place(_ variant: Variant, _ area: String) -> Place? {
      let beginning = "\(variant.rawValue)|\(area)|"
      guard let line = exceptions.first(where: { $0.hasPrefix(beginning) }) else { return nil }
      let parts = line.dropFirst(beginning.count).split(separator: "|")
      return Place(host: String(parts[0]), signingRegion: String(parts[1]))
    }
  }

  /// The line of each service, which is read when it is asked for; split by bytes, for it is long.
  private static let lines: [Substring: Substring] = {
    let text = EndpointData.services
    let lines = text.utf8.split(separator: UInt8(ascii: "\n")).map { line in
      (Substring(line.prefix { $0 != UInt8(ascii: "|") }), Substring(line))
    }
    return Dictionary(lines, uniquingKeysWith: { first, _ in first })
  }()

  /// What is known of a service, by botocore's name for it.
  static func service(_ name: String) -> Service? { lines[name[...]].map(Service.init) }
}
