import Foundation
import Testing

@testable import AWSClient

/// The INI dialect of the AWS files.
@Suite struct CredentialFileTests {
  @Test(
    arguments: [
      ("[a]\nk = v", ["a": ["k": "v"]]),
      ("\u{FEFF}[a]\r\nK=v\r\n", ["a": ["k": "v"]]),
      ("[ profile  a ] # x\nk=v", ["profile a": ["k": "v"]]),
      ("[profile 'a b']\nk=v\n[profile \"c\"]", ["profile a b": ["k": "v"], "profile c": [:]]),
      (
        "[a]\nk = v # c\nl = v#c\n# c\n; c\n  # c\nm = v ;c",
        ["a": ["k": "v", "l": "v#c", "m": "v"]]
      ),
      ("[a]\nk = a=b==", ["a": ["k": "a=b=="]]),
      ("[a]\nk: a=b\nl : c:d\nm = e: f", ["a": ["k": "a=b", "l": "c:d", "m": "e: f"]]),
      (
        #"""
        [a]
        k = sh -c "one ; two #three" # c
        l = sh -c 'x "; y' ;c
        m = "say \" ; \"" ;c
        n = it's # c
        """#,
        [
          "a": [
            "k": #"sh -c "one ; two #three""#, "l": #"sh -c 'x "; y'"#, "m": #""say \" ; \"""#,
            "n": "it's",
          ]
        ]
      ),
      ("[a]\nk =\nl = 1", ["a": ["k": "", "l": "1"]]),
      ("[a]\nk = one\n  two\n\tthree = 3\nl = 1", ["a": ["k": "one\ntwo\nthree = 3", "l": "1"]]),
      (
        "[a]\ns3 =\n  u = 1\n  v = 2\nk = 3", ["a": ["s3": "", "s3.u": "1", "s3.v": "2", "k": "3"]]
      ),
      ("  [a]\n  k = 1\n  l = 2\n", ["a": ["k": "1", "l": "2"]]),
      ("k = 1\n[a]\nno key\n= v\nl = 1\nl = 2", ["a": ["l": "2"]]),
      ("[a]\nk = 1\n[b]\nk = 2\n[a]\nl = 3", ["a": ["k": "1", "l": "3"], "b": ["k": "2"]]),
      (
        "[services x]\nssm =\n endpoint_url = http://h:1\n",
        ["services x": ["ssm": "", "ssm.endpoint_url": "http://h:1"]]
      ),
      ("", [:]),
    ] as [(String, [String: [String: String]])])
  func readsSections(_ text: String, _ sections: [String: [String: String]]) {
    #expect(ProfileText.sections(text) == sections)
  }

  @Test func mergesTheFiles() throws {
    let files = try ProfileFiles(environment: [
      "HOME": "/h", "AWS_CONFIG_FILE": "~/c", "AWS_SHARED_CREDENTIALS_FILE": "/k",
    ]) {
      [
        "/h/c": "[default]\nregion = a\n[profile default]\nregion = b\n[profile p]\nregion = c\n"
          + "[q]\nregion = d\n[sso-session s]\nsso_region = e",
        "/k": "[p]\nregion = k\n[profile r]\nx = y\n[default]\nx = y",
      ][$0]
    }
    #expect(files.profile("default") == ["region": "b", "x": "y"])
    #expect(files.profile("p") == ["region": "k"])
    #expect(files.profile("q") == nil && files.profile("r") == nil && files.profile("s") == nil)
    #expect(files.ssoSession("s") == ["sso_region": "e"] && files.ssoSession("p") == nil)
  }
}
