import Foundation
import Testing

@testable import CurlTransport

/// Header lines to responses, without a network.
struct ResponseBufferTests {
  private func response(_ lines: [String]) -> HTTPResponse {
    var buffer = ResponseBuffer(bodyLimit: 0)
    for line in lines {
      let isTaken = unsafe Array((line + "\r\n").utf8).withUnsafeBytes {
        unsafe buffer.append(headerLine: $0)
      }
      #expect(isTaken)
    }
    return buffer.complete(httpVersion: "HTTP/1.1")
  }

  @Test func joinsFoldedLines() {
    let headers = response(["HTTP/1.1 200 OK", "A: one", "  two", "B:", ""]).headers
    #expect(headers == [HTTPHeader(name: "A", value: "one two"), HTTPHeader(name: "B", value: "")])
  }

  @Test func ignoresWhatIsNoHeader() {
    let response = response([" folded", "HTTP/2 204", "no colon", ""])
    #expect(response.status == 204)
    #expect(response.headers.isEmpty)
  }

  @Test(arguments: [
    ("https://user:pass@Example.test:8443/p?q#f", "Example.test:8443", true),
    ("http://[::1]:80/", "[::1]:80", false), ("http://10.0.0.1", "10.0.0.1", false),
  ])
  func namesTheServer(url: String, authority: String, isSecure: Bool) throws {
    let parts = try #require(URLParts(url))
    #expect(parts.authority == authority)
    #expect(parts.isSecure == isSecure)
  }

  @Test func knowsServersByWhatStandsBeforeThePath() {
    let servers = KnownServers()
    #expect(servers.parts(of: "https://a.test/x")?.authority == "a.test")
    #expect(servers.parts(of: "https://a.test/y?z")?.authority == "a.test")
    #expect(servers.parts(of: "https://a.test:444/x")?.port == 444)
    #expect(servers.parts(of: "http://a.test/x")?.isSecure == false)
    #expect(servers.parts(of: "https://a.test?q=http://b.test/x")?.authority == "a.test")
    #expect(servers.parts(of: "https://a.test/\n") == nil)
    #expect(servers.parts(of: "ftp://a.test/x") == nil)
  }
}
