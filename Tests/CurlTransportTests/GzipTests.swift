import Foundation
import Testing

@testable import CurlTransport

/// Compressed bytes to bytes, without a network. The files are made by zlib.
struct GzipTests {
  @Test(arguments: [
    ("H4sIAAAAAAACA0tMSk4EIx0FCK0IANzMrp0SAAAA", "abcabcabc, abcabc!"),
    ("H4sIAAAAAAAEAwEGAPn/c3RvcmVkC/lDVgYAAAA=", "stored"),
    ("H4sICAAAAAAC/25hbWUudHh0AMtLzE1NAQCHzOBxBQAAAA==", "named"),
    ("H4sIFgAAAAACAwMAeHl6Y29tbWVudABnSUutKClKBABlDT9NBQAAAA==", "extra"),
    ("H4sIAAAAAAACA8vPS9VRAAAc1fpKBQAAAB+LCAAAAAAAAgMrKc8HAGaKyhEDAAAA", "one, two"),
    ("H4sIAAAAAAACAwMAAAAAAAAAAAA=", ""),
  ])
  func decompresses(base64: String, content: String) throws {
    let file = try #require(Data(base64Encoded: base64))
    #expect(try Gzip.decompress(file, limit: content.utf8.count) == Data(content.utf8))
    for count in 0..<file.count {
      // The first member of two is a file of its own.
      let part = try? Gzip.decompress(file.prefix(count), limit: 100)
      #expect(part == nil || part == Data("one, ".utf8))
    }
  }

  /// Copying what is left for each member would take hours.
  @Test(.timeLimit(.minutes(5))) func readsFilesOfVeryManyMembers() throws {
    let empty = try #require(Data(base64Encoded: "H4sIAAAAAAACAwMAAAAAAAAAAAA="))
    var file = Data()
    for _ in 0..<400_000 { file += empty }
    #expect(try Gzip.decompress(file, limit: 1) == Data())
  }

  @Test(arguments: [
    (longFile, 1200)
  ])
  func refusesEveryDamage(base64: String, count: Int) throws {
    let file = try #require(Data(base64Encoded: base64))
    let content = try Gzip.decompress(file, limit: count)
    #expect(content.count == count)
    #expect(throws: GzipError.tooLarge) { try Gzip.decompress(file, limit: count - 1) }
    #expect(throws: GzipError.self) { try Gzip.decompress(file + [0], limit: count) }
    for position in file.indices {
      #expect(throws: GzipError.self) { try Gzip.decompress(file.prefix(position), limit: count) }
      // Bytes 4 to 9 are a date, a hint and a system, which say nothing of the content.
      guard position < 4 || position > 9 else { continue }
      var damaged = file
      damaged[position] ^= 1 << (position % 8)
      let result = try? Gzip.decompress(damaged, limit: 10_000)
      #expect(result == nil || result == content, "byte \(position)")
    }
  }
}

/// A list of instances in XML, with a code of its own.
private let longFile = """
  H4sIAAAAAAACA5XSMW4FIQxF0RVFHxtjjIRmL2BMNEWmSCb7z0i/SP1KBEfAhX7e8XX0cx3nB7OWSbv01zPsP/e44/
  j+va7z+uyv9/CZeq//V41mLSYDU8s26VgbU76UcuQEqmw6pwumKHF1WYQpIfEs2cG9gndMa5iqsWSVOsEa7KFbwBo1
  Ey0bGVQWhZKCDYd6uBN4LyWOqk3BGi2aK4Eql7lb4wW+sqXKYeDfqB7CboypVIW8DsNUyExPfLDGKltmnuAJNfswNr
  DhH4G8qFuwBAAA
  """.replacing("\n", with: "")
