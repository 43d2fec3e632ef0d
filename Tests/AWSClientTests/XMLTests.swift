import Foundation
import Testing

@testable import AWSClient

@Suite struct XMLTests {
  @Test func readsTree() throws {
    let root = try XMLReader.read(
      Data(
        """
        <?xml version="1.0" encoding="UTF-8"?><!-- c --><s:a xmlns:s="u" s:x="1">é&lt;<![CDATA[<>]]><b/>t</s:a>
        """.utf8))
    #expect(root.name == "a")
    #expect(root.attributes.map(\.name) == ["xmlns:s", "s:x"])
    #expect(root.attributes.map(\.isNamespace) == [true, false])
    #expect(root.text == "é<<>t")
    #expect(root.children == [XMLElement(name: "b")])
  }

  @Test func writesWhatItReads() throws {
    let element = XMLElement(
      name: "a", attributes: [.init(name: "x", value: "\"<\n")],
      children: [XMLElement(name: "b", text: " \r\n\t&amp;☃ \u{85}")])
    #expect(try XMLReader.read(Data(element.document.utf8)) == element)
  }

  @Test(arguments: [
    "", "<a>", "<a></b>", "plain", "<a/><b/>", "<a>&unknown;</a>", "\u{0}",
    "<!DOCTYPE a [<!ENTITY e \"x\">]><a>&e;</a>", "<!DOCTYPE html><html></html>",
  ])
  func refuses(_ text: String) {
    #expect(throws: XMLFault.self) { try XMLReader.read(Data(text.utf8)) }
  }

  @Test func boundsDepth() throws {
    func nested(_ depth: Int) -> Data {
      Data(
        (String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)).utf8)
    }
    #expect(try XMLReader.read(nested(64)).name == "a")
    #expect(throws: XMLFault(message: "nested too deep")) { try XMLReader.read(nested(65)) }
    #expect(throws: XMLFault(message: "nested too deep")) { try XMLReader.read(nested(100_000)) }
  }
}
