/// The first tag that is closed in the wrong order or left open; nil where all are in balance.
func unbalancedTag(in html: String) -> String? {
  var open: [Substring] = []
  for match in html.matches(of: /<(\/?)([a-z][a-z0-9]*)[^<>]*>/) {
    let name = match.output.2
    if ["meta", "br", "hr"].contains(name) { continue }
    if match.output.1.isEmpty {
      open.append(name)
    } else if open.popLast() != name {
      return String(name)
    }
  }
  return open.last.map(String.init)
}
