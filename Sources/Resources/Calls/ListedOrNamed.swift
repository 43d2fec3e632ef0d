internal import Model

/// What AWS tells of the things called `names`: it lists them, or describes one at a time.
///
/// Pages of the list are read as long as more are looked for than pages were read, so that an account with
/// many others does not cost more than twice the fewest requests.
///
/// - Parameters:
///   - key: the member with the name.
///   - page: the page of the list at a token; nil is the first.
///   - one: the thing of this name; nil where it is not there.
/// - Throws: what `page` and `one` throw.
func listedOrNamed(
  _ names: Set<String>, by key: String,
  page: (_ token: Value?) async throws -> (items: [Value], next: Value?),
  one: @escaping @Sendable (_ name: String) async throws -> Value?
) async throws -> [Value] {
  var missing = names
  var found: [Value] = []
  var token: Value?
  var pages = 0
  while missing.count > max(pages, 1) {
    let (items, next) = try await page(token)
    pages += 1
    for item in items {
      guard let name = item[key]?.string, missing.remove(name) != nil else { continue }
      found.append(item)
    }
    token = next
    guard let text = next?.string, !text.isEmpty else { return found }
  }
  return found + (try await inParallel(missing.sorted()) { try await one($0) }.compactMap { $0 })
}
