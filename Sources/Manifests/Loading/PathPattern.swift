/// A folder or a glob of `weir.yaml`: `*` and `?` within a name, `**` across folders.
struct PathPattern {
  private let parts: [Substring]

  init(_ text: String) {
    parts = text.split(separator: "/").filter { $0 != "." }
  }

  /// Whether it names a file, or a folder above it.
  func matches(_ path: String) -> Bool {
    matches(parts[...], path.split(separator: "/")[...])
  }

  /// Works through the path with the set of pattern positions that are possible, so that the time
  /// is at most the product of both lengths.
  private func matches(_ pattern: ArraySlice<Substring>, _ path: ArraySlice<Substring>) -> Bool {
    var positions = skippingStars([0])
    for name in path {
      if positions.contains(parts.count) { return true }
      var next = Set<Int>()
      for position in positions where position < parts.count {
        if parts[position] == "**" { next.insert(position) }
        if parts[position] != "**", globMatches(parts[position], name) { next.insert(position + 1) }
      }
      positions = skippingStars(next)
    }
    return positions.contains(parts.count)
  }

  /// With the positions behind each `**`, which may stand for nothing.
  private func skippingStars(_ positions: Set<Int>) -> Set<Int> {
    var result = positions
    for position in positions.sorted() {
      var index = position
      while index < parts.count, parts[index] == "**" {
        index += 1
        result.insert(index)
      }
    }
    return result
  }
}

/// Whether a name matches a glob of `*` and `?`.
private func globMatches(_ glob: Substring, _ name: Substring) -> Bool {
  let glob = Array(glob)
  let name = Array(name)
  var (globIndex, nameIndex) = (0, 0)
  var star: (glob: Int, name: Int)?
  while nameIndex < name.count {
    if globIndex < glob.count, glob[globIndex] == "*" {
      star = (globIndex, nameIndex)
      globIndex += 1
    } else if globIndex < glob.count, glob[globIndex] == "?" || glob[globIndex] == name[nameIndex] {
      globIndex += 1
      nameIndex += 1
    } else if let last = star {
      star = (last.glob, last.name + 1)
      (globIndex, nameIndex) = (last.glob + 1, last.name + 1)
    } else {
      return false
    }
  }
  return glob[globIndex...].allSatisfy { $0 == "*" }
}
