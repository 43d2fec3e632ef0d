import Foundation
import Model
import Testing

@testable import YAMLReader

@Suite struct WritingTests {
  @Test func writesDocumentsThatPeopleRead() throws {
    let first: Value = [
      "kind": "ResourceQuota", "spec": ["hard": ["limits.cpu": "20", "pods": 100], "none": [:]],
      "rules": [["expr": "sum(a) > 0.5\nand b", "for": "1h"], ["empty": [], "on": true]],
    ]
    #expect(
      try writeYAML([first, "second one"]) == """
        ---
        kind: ResourceQuota
        rules:
        - expr: |-
            sum(a) > 0.5
            and b
          for: "1h"
        - empty: []
          "on": true
        spec:
          hard:
            limits.cpu: "20"
            pods: 100
          none: {}
        --- second one

        """)
  }

  @Test(arguments: [
    "", " ", "yes", "Null", "~", "012", "1e3", "0.10", "08:00", "2026-11-21", "a: b", "#", "- a",
    "*x", "&x", "!x", "%x", "@x", "`x", "{}", "[", "a\nb", "a\n", " lead\nb", "\ta", "é\u{7}",
    "\u{1F600}", "a #b", "|", ">", "\"", "'", "a\\b", "a, b", "=", "<<", "\r\n", "\u{85}\u{2028}",
  ])
  func readsBackTheSame(_ text: String) throws {
    let value: Value = .map([text: .list([.string(text)])])
    #expect(try parse(try writeYAML([value])).value == value)
  }

  @Test func refusesSecrets() {
    #expect(throws: YAMLWritingError.self) { try writeYAML([.bytes(Data([1]))]) }
    #expect(throws: YAMLWritingError.self) { try writeYAML([["a": .sensitive(.clear("b"))]]) }
  }
}
