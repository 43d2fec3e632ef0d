import Model
import Testing

@testable import AWSClient

@Suite struct DescriptionTests {
  @Test func findsNamesByTheirBytes() {
    let names = (0..<100).map { "name\($0)" } + ["", "é", "a"]
    var all = NameTable.Names()
    for scope in 0..<3 {
      for (index, name) in names.enumerated() { all.add(name, of: scope, at: index * 3 + scope) }
    }
    all.add("a", of: 1, at: 7)
    let table = NameTable(all)
    for scope in 0..<3 {
      for (index, name) in names.enumerated() {
        #expect(table.position(of: name.utf8.span, in: scope) == index * 3 + scope)
      }
    }
    #expect(table.position(of: "name100".utf8.span, in: 0) == nil)
    #expect(table.position(of: "a".utf8.span, in: 3) == nil)
    #expect(NameTable(NameTable.Names()).position(of: "x".utf8.span, in: 0) == nil)
  }

  @Test func ordersMapsByTheAlphabetOrByAText() throws {
    let map: [String: Value] = ["a": 1, "b": 2, "c": 3]
    #expect(MapOrder.alphabetical.sorted(map).map(\.key) == ["a", "b", "c"])
    let text = try OrderedJSON.read(#"{"b":[{"c":1,"a":{"b":1,"c":2},"b":1}]}"#.utf8)
    #expect(MapOrder(of: text).sorted(map).map(\.key) == ["c", "a", "b"])
    #expect(MapOrder(of: text).sorted(["c": 1, "b": 1]).map(\.key) == ["b", "c"])
    #expect(MapOrder(of: text).sorted(["c": 1, "a": 1]).map(\.key) == ["a", "c"])
  }

  static let enumeration = """
    "In":{"type":"structure","members":{"Kind":{"shape":"Kind"}}},
    "Out":{"type":"structure","members":{"Kind":{"shape":"Kind"}}},
    "Kind":{"type":"string","enum":["OLD"]}
    """

  @Test(arguments: [
    (WireProtocol.json, #"{"Kind":"NEW"}"#), (.restXML, "<Out><Kind>NEW</Kind></Out>"),
  ])
  func writesBackTheNewValuesThatAServiceHasSaid(_ language: WireProtocol, _ body: String) throws {
    let service = try OneOperation(language, shapes: Self.enumeration)
    #expect(throws: WireFault(message: "Kind: must be one of OLD")) {
      try service.request(["Kind": "NEW"])
    }
    let read = try service.output(body)
    #expect(try service.request(read).body.isEmpty == false)
    #expect(throws: WireFault.self) { try service.request(["Kind": "NEWER"]) }
  }
}
