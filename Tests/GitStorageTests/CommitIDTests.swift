import Foundation
import GitStorage
import Testing

@Suite struct CommitIDTests {
  private let hex = "0123456789abcdef0123456789abcdef01234567"

  @Test func isFortyHexadecimalDigits() throws {
    let id = try #require(CommitID(hex.uppercased()))
    #expect(id.description == hex)
    #expect(id.short == "0123456")
    for text in ["", "HEAD", hex + "0", String(hex.dropLast()) + "g"] {
      #expect(CommitID(text) == nil)
    }
  }

  @Test func isAStringInJSON() throws {
    let id = try #require(CommitID(hex))
    let data = try JSONEncoder().encode([id])
    #expect(String(decoding: data, as: UTF8.self) == "[\"\(hex)\"]")
    #expect(try JSONDecoder().decode([CommitID].self, from: data) == [id])
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([CommitID].self, from: Data("[\"main\"]".utf8))
    }
  }
}
