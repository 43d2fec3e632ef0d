import Engine
import Model
import TestSupport
import Testing

@Suite struct LiveReaderTests {
  private let one = Address("test/thing", "caf\u{E9}")
  private let two = Address("test/thing", "cafe\u{301}")

  /// A type that finds what has one of the names, as Swift compares them.
  private func read(_ addresses: Set<Address>, in cloud: [Address: LiveResource]) async throws
    -> [Address: LiveResource]
  {
    let type = FakeResourceType("test/thing", in: FakeCloud(cloud))
    return try await readLive(addresses, types: ["test/thing": type])
  }

  @Test func namesThatOnlyLookAlikeAreReadAsTwo() async throws {
    let cloud = [
      one: LiveResource(attributes: ["size": 1]), two: LiveResource(attributes: ["size": 2]),
    ]
    #expect(try await read([one, two], in: cloud) == cloud)
    #expect(try await read([two], in: cloud) == [two: LiveResource(attributes: ["size": 2])])
  }

  @Test func whatOnlyLooksLikeANameIsNotThere() async throws {
    let cloud = [one: LiveResource(attributes: ["size": 1])]
    #expect(try await read([two], in: cloud) == [:])
  }
}
