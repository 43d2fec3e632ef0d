internal import Foundation
internal import Model

/// What EKS would refuse about a write (API description of eks, NodegroupScalingConfig and
/// UpdateNodegroupConfig).
struct NodeGroupProblems {
  private let write: ResourceWrite

  /// The problems of a write.
  init(_ write: ResourceWrite) { self.write = write }

  /// The problems; none for a group that is not there, which is a problem of its own.
  var all: [ResourceProblem] {
    guard write.live != nil else { return [] }
    if write.live?.context["isUpdating"] == true {
      return [
        ResourceProblem(
          nil, "An update of the node group is under way, and EKS takes no other until it is done.")
      ]
    }
    return sizes + effects
  }

  private var sizes: [ResourceProblem] {
    guard !write.touched.isDisjoint(with: NodeGroupType.sizes) else { return [] }
    let result = write.result
    guard let least = result["minSize"]?.numeral, let most = result["maxSize"]?.numeral,
      let desired = result["desiredSize"]?.numeral
    else { return [] }
    func attribute(_ names: String...) -> String? { names.first { write.set[$0] != nil } }
    if most < 1 {
      return [ResourceProblem("maxSize", "A node group has room for one node at least.")]
    }
    if least > most {
      return [
        ResourceProblem(
          attribute("minSize", "maxSize"),
          "The fewest nodes, \(least.plain), are more than the most, \(most.plain).")
      ]
    }
    if desired < least || desired > most {
      return [
        ResourceProblem(
          attribute("desiredSize", "minSize", "maxSize"),
          "The desired size, \(desired.plain), does not lie within \(least.plain) to \(most.plain). Set both"
            + " bounds, so that it is brought to the nearest, or set `desired`.")
      ]
    }
    guard let before = write.live?.attributes["desiredSize"]?.numeral, desired < before else {
      return []
    }
    return [
      ResourceProblem(
        "desiredSize",
        "\((before - desired).plain) nodes are drained and ended; their pods must find room on the others.",
        severity: .warning)
    ]
  }

  private var effects: [ResourceProblem] {
    write.set.keys.filter { $0.hasPrefix(NodeGroupType.taints) && $0.hasSuffix(":NO_EXECUTE") }
      .sorted()
      .map {
        ResourceProblem(
          $0, "Pods that do not tolerate the taint are evicted from the nodes at once.",
          severity: .warning)
      }
  }
}
