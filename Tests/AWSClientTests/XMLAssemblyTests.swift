import Model
import Testing

@testable import AWSClient

/// Data that is put together from XML, in the corners that services send.
@Suite struct XMLAssemblyTests {
  static let shapes = """
    "In":{"type":"structure"},
    "Out":{"type":"structure","members":{"One":{"shape":"S"},"List":{"shape":"L"},
      "Map":{"shape":"M"},"Inner":{"shape":"Out"},"Outs":{"shape":"Outs"},"Id":{"shape":"S","xmlAttribute":true,
      "locationName":"xsi:id"},"Any":{"shape":"Any"},
      "Flat":{"shape":"Two","locationName":"Also"}}},
    "Outs":{"type":"list","member":{"shape":"Out"}},
    "Two":{"type":"list","flattened":true,"member":{"shape":"S","locationName":"Name"}},
    "Any":{"type":"structure","document":true,"members":{}}
    """

  private func output(_ body: String, keepsUnknown: Bool = true) throws -> Value {
    try OneOperation(.restXML, shapes: Self.shapes).output(body, keepsUnknown: keepsUnknown)
  }

  static let cases: [(String, Value)] = [
    ("<Out/>", [:]),
    ("<Out><List/><Map/><One/></Out>", ["List": [], "Map": [:], "One": ""]),
    ("<Out><One>a</One><One>b</One></Out>", ["One": "a"]),
    ("<Out><p:One xmlns:p='u'>a&amp;<![CDATA[<b>]]></p:One></Out>", ["One": "a&<b>"]),
    (
      "<Out> <Inner> <Inner><One> x </One></Inner></Inner></Out>",
      ["Inner": ["Inner": ["One": " x "]]]
    ),
    ("<Out><List><a>1</a><b>2</b></List></Out>", ["List": ["1", "2"]]),
    (
      "<Out><Map><e><value>1</value></e><e><key>k</key></e></Map></Out>", ["Map": ["k": .null]]
    ),
    ("<Out xsi:id='7' xmlns:xsi='u' other='o'/>", ["Id": "7", "@other": "o"]),
    ("<Out><Name>a</Name><Name>b</Name></Out>", ["Flat": ["a", "b"]]),
    ("<Out><Also>a</Also><Also>b</Also></Out>", ["Flat": ["a", "b"]]),
    ("<Out><New>1</New><New><x>2</x></New></Out>", ["New": ["1", ["x": "2"]]]),
    ("<Out><Any><x>1</x></Any><One>a</One></Out>", ["Any": ["x": "1"], "One": "a"]),
  ]

  @Test(arguments: cases)
  func reads(_ body: String, _ expected: Value) throws {
    #expect(try output(body) == expected)
  }

  /// Structures that look like the one before are read in another way than the first.
  @Test(arguments: [true, false])
  func readsTheSameWhateverStandsBefore(_ keepsUnknown: Bool) throws {
    let bodies = Self.cases.map(\.0) + ["<Out><Map/><Name>a</Name></Out>", "<Out><Id>a</Id></Out>"]
    let alone = try bodies.map { try output($0, keepsUnknown: keepsUnknown) }
    for (one, first) in zip(bodies, alone) {
      for (other, second) in zip(bodies, alone) {
        let document =
          "<Out><Outs>" + one + one + one + other + one + other + other + "</Outs></Out>"
        let expected: Value = [
          "Outs": .list([first, first, first, second, first, second, second])
        ]
        #expect(try output(document, keepsUnknown: keepsUnknown) == expected, "\(one) \(other)")
      }
    }
  }

  @Test func dropsWhatIsUnknownWhereItIsNotWanted() throws {
    let body = "<Out a='1'><New><One>no</One></New><One>yes</One></Out>"
    #expect(try output(body, keepsUnknown: false) == ["One": "yes"])
  }
}
