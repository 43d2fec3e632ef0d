import Testing

@testable import CurlTransport

/// `NO_PROXY` in the forms that people write.
@Suite struct NoProxyTests {
  @Test(arguments: [
    ("", 443, ""),
    ("a.test", 443, "a.test"),
    (" a.test ,, .b.test\tc.test", 443, "a.test,.b.test,c.test"),
    ("*", 80, "*"),
    ("a.test,*,10.0.0.0/8", 443, "*"),
    ("*:443,a.test", 443, "*"),
    ("*:443,a.test", 80, "a.test"),
    ("0.0.0.0/0", 443, "0.0.0.0/1,128.0.0.0/1"),
    ("*.a.test", 443, ".a.test"),
    ("a.test:443,b.test:80", 443, "a.test"),
    ("10.0.0.0/8,169.254.169.254:80", 80, "10.0.0.0/8,169.254.169.254"),
    ("::1,[::1],fd00:ec2::254", 80, "::1,::1,fd00:ec2::254"),
    ("[::1]:8080,[fd00::1]:80", 80, "fd00::1"),
  ])
  func readsEveryForm(_ text: String, _ port: Int, _ expected: String) {
    #expect(NoProxy.list(text, port: port) == expected)
  }
}
