import Foundation
import Model
import Synchronization
import Testing

@testable import Engine

@Suite struct StateKeyTests {
  static let one = Data(repeating: 1, count: 32).base64EncodedString()
  static let two = Data(repeating: 2, count: 32).base64EncodedString()
  static let place = SealPlace(lineage: "l", environment: "prod")
  static let texts = ["d1": "ada@example.com", "d2": "oncall@example.com"]

  static func keys(_ text: String, service: (any KeyService)? = nil) throws -> StateKeys {
    StateKeys(try StateKey.list(base64: text), service: service)
  }

  private func sealed(_ keys: StateKeys) async throws -> SealedSecrets {
    try #require(try await keys.seal(Self.texts, into: SealedSecrets(), of: Self.place))
  }

  @Test func opensWhatItSealedAndNothingElse() async throws {
    let keys = try Self.keys(Self.one)
    let sealed = try await sealed(keys)
    #expect(try await keys.open(["d1", "d2", "d3"], in: sealed, of: Self.place) == Self.texts)
    let json = String(decoding: try CanonicalJSON.encode(sealed.entries), as: UTF8.self)
    #expect(!json.contains("example") && !json.contains("YWRh"))
    // Other nonces each time.
    let again = try await self.sealed(keys)
    #expect(again.entries["d1"]?.sealed != sealed.entries["d1"]?.sealed)
  }

  @Test(arguments: [("l", "staging"), ("m", "prod")])
  func refusesAnEntryOfAnotherState(lineage: String, environment: String) async throws {
    let keys = try Self.keys(Self.one)
    let sealed = try await sealed(keys)
    let elsewhere = SealPlace(lineage: lineage, environment: environment)
    await #expect(throws: SealError.self) { try await keys.open(["d1"], in: sealed, of: elsewhere) }
  }

  @Test func refusesAnEntryThatWasEditedOrMoved() async throws {
    let keys = try Self.keys(Self.one)
    let good = try await sealed(keys)
    let entry = try #require(good.entries["d1"])
    for index in [0, 12, entry.sealed.count - 1] {
      var bytes = entry.sealed
      bytes[index] ^= 1
      var bad = good
      bad.entries["d1"] = .init(key: entry.key, sealed: bytes)
      await #expect(throws: SealError.altered(digest: "d1", key: entry.key)) {
        try await keys.open(["d1"], in: bad, of: Self.place)
      }
    }
    var swapped = good
    swapped.entries["d2"] = entry
    await #expect(throws: SealError.altered(digest: "d2", key: entry.key)) {
      try await keys.open(["d2"], in: swapped, of: Self.place)
    }
    var short = good
    short.entries["d1"] = .init(key: entry.key, sealed: Data([1]))
    await #expect(throws: SealError.self) { try await keys.open(["d1"], in: short, of: Self.place) }
  }

  @Test func namesTheKeyThatIsNeeded() async throws {
    let sealed = try await sealed(try Self.keys(Self.one))
    let other = try Self.keys(Self.two)
    let needed = try #require(sealed.entries["d1"]?.key)
    let given = try StateKey.list(base64: Self.two).map(\.id)
    await #expect(throws: SealError.otherKey(needed: needed, given: given)) {
      try await other.open(["d1"], in: sealed, of: Self.place)
    }
    #expect(other.locked(in: sealed).isEmpty)
    #expect(
      StateKeys().locked(in: sealed) == [
        "d1": MissingKey(id: needed), "d2": MissingKey(id: needed),
      ])
  }

  @Test func sealsNothingTwiceAndEverythingAnewUnderANewKey() async throws {
    let first = try await sealed(try Self.keys(Self.one))
    #expect(
      try await Self.keys(Self.one).seal(Self.texts, into: first, of: Self.place) == nil)
    let both = try Self.keys("\(Self.two), \(Self.one)\n")
    #expect(try await both.open(["d1"], in: first, of: Self.place) == ["d1": "ada@example.com"])
    let turned = try #require(try await both.seal([:], into: first, of: Self.place))
    #expect(
      try await Self.keys(Self.two).open(["d1", "d2"], in: turned, of: Self.place) == Self.texts)
    #expect(try await both.seal(Self.texts, into: turned, of: Self.place) == nil)
    #expect(try await StateKeys().seal(Self.texts, into: SealedSecrets(), of: Self.place) == nil)
  }

  @Test func asksTheServiceOnlyWhenItMust() async throws {
    let service = FakeKeyService(keyName: "alias/weir")
    let keys = StateKeys(service: service)
    #expect(try await keys.seal([:], into: SealedSecrets(), of: Self.place) == nil)
    #expect(service.asked == [])
    let first = try await sealed(keys)
    #expect(service.asked == ["make"])
    #expect(try await keys.seal(Self.texts, into: first, of: Self.place) == nil)
    #expect(keys.locked(in: first).isEmpty)
    try keys.check(["d1"], in: first)
    #expect(service.asked == ["make"])
    let second = try #require(
      try await keys.seal(["d3": "eve@example.com"], into: first, of: Self.place))
    #expect(second.wrappedKeys == first.wrappedKeys)
    #expect(service.asked == ["make", "open"])
    // Whoever names no key still opens.
    let reader = StateKeys(service: FakeKeyService(keyName: nil))
    #expect(!reader.canSeal)
    #expect(try await reader.open(["d1"], in: second, of: Self.place) == ["d1": "ada@example.com"])
  }

  @Test func turnsFromAVariableToTheServiceAndBack() async throws {
    let service = FakeKeyService(keyName: "alias/weir")
    let first = try await sealed(try Self.keys(Self.one))
    let turned = try #require(
      try await Self.keys(Self.one, service: service).seal([:], into: first, of: Self.place))
    #expect(
      try await StateKeys(service: service).open(["d1", "d2"], in: turned, of: Self.place)
        == Self.texts)
    let back = try #require(
      try await Self.keys(Self.two, service: FakeKeyService(keyName: nil))
        .seal(Self.texts, into: turned, of: Self.place))
    #expect(
      try await Self.keys(Self.two).open(["d1", "d2"], in: back, of: Self.place) == Self.texts)
  }

  @Test func refusesAWrappedKeyThatHoldsAnother() async throws {
    let keys = StateKeys(service: FakeKeyService(keyName: "alias/weir"))
    var sealed = try await sealed(keys)
    let id = try #require(sealed.wrappedKeys.keys.first)
    let wrapped = try #require(sealed.wrappedKeys[id])
    sealed.wrappedKeys[id] = .init(
      name: wrapped.name, arn: wrapped.arn, wrapped: Data(repeating: 9, count: 32))
    await #expect(throws: SealError.notAKey("alias/weir")) {
      try await keys.open(["d1"], in: sealed, of: Self.place)
    }
  }

  @Test(
    arguments: [
      ("", 1, 0), ("not base64!", 1, nil), ("AAAA", 1, 3), (one + ",", 2, 0),
      (one + "," + one + "x", 2, nil),
    ] as [(String, Int, Int?)])
  func refusesWhatIsNoKey(text: String, position: Int, byteCount: Int?) {
    #expect(throws: StateKeyError(position: position, byteCount: byteCount)) {
      try StateKey.list(base64: text)
    }
  }

  @Test func neverShowsItself() throws {
    let key = try #require(try StateKey.list(base64: Self.one).first)
    var dumped = ""
    dump(key, to: &dumped)
    for text in ["\(key)", String(reflecting: key), dumped] { #expect(!text.contains("AQEB")) }
    #expect(key.id.count == 8)
  }
}

/// A key service in memory, whose wrapped keys are the keys with every bit turned.
final class FakeKeyService: KeyService {
  let keyName: String?
  private let calls = Mutex<[String]>([])

  init(keyName: String?) { self.keyName = keyName }

  var asked: [String] { calls.withLock { $0 } }

  func makeKey(context: [String: String]) async throws -> (
    key: Data, wrapped: SealedSecrets.WrappedKey
  ) {
    calls.withLock { $0.append("make") }
    #expect(context == ["weir:lineage": "l", "weir:environment": "prod"])
    let key = Data(repeating: 7, count: 32)
    return (key, .init(name: keyName ?? "", arn: "arn", wrapped: Data(key.map { ~$0 })))
  }

  func open(_ wrapped: SealedSecrets.WrappedKey, context: [String: String]) async throws -> Data {
    calls.withLock { $0.append("open") }
    return Data(wrapped.wrapped.map { ~$0 })
  }
}
