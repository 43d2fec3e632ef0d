import Model
import Testing

@testable import AWSClient

/// Data that is put together from XML, in the corners that services send.
@Suite struct XMLAssemblyTests {
  static let shapes = """
    "In":{"type":"structure"},
    "Out":{"type":"structure","members":{"One":{"shape":"S"},"List":{"shape":"L"},
      "Map":{"shape":"M"},"Inner":{"shape":"Out"},"Id":{"shape":"S","xmlAttribute":true,
      "locationName":"xsi:id"},"Any":{"shape":"Any"},
      "Flat":{"shape":"Two","locationName":"Also"},"Rows":{"shape":"Rows"},
      "Pairs":{"shape":"Pairs"},"Number":{"shape":"I"}}},
    "Rows":{"type":"list","member":{"shape":"Out"}},
    "Pairs":{"type":"map","flattened":true,"key":{"shape":"S"},"value":{"shape":"S"}},
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

  @Test func dropsWhatIsUnknownWhereItIsNotWanted() throws {
    let body = "<Out a='1'><New><One>no</One></New><One>yes</One></Out>"
    #expect(try output(body, keepsUnknown: false) == ["One": "yes"])
  }

  /// What is like something before it is not read anew, so it must not matter what came before.
  @Test(arguments: 1...20)
  func readsEachElementAsIfItWereAlone(_ seed: Int) throws {
    var numbers = SeededNumbers(seed)
    let rows = (0..<60).map { _ in Self.row(depth: 0, &numbers) }
    for keepsUnknown in [true, false] {
      let alone = try rows.map {
        try output("<Out><Rows>\($0)</Rows></Out>", keepsUnknown: keepsUnknown)["Rows"]?.list?[0]
      }
      let body = "<Out><Rows>\(rows.joined())</Rows></Out>"
      #expect(try output(body, keepsUnknown: keepsUnknown)["Rows"]?.list == alone)
    }
  }

  @Test func setsWhatDiffersFromTheElementBefore() throws {
    let rows = [
      "<One>a</One><Name>1</Name><Name>2</Name><Number>1</Number>",
      "<One>a</One><Name>1</Name><Name>3</Name><Number>1</Number>",
      "<One>b</One><Name>1</Name><Name>3</Name><Number>2</Number>",
      "<One>b</One><Name>1</Name><Name>3</Name><Number>2</Number>",
      "<One>b</One><Name>1</Name><One>c</One><Name>3</Name>",
      "<One>c</One><Name>1</Name><One>d</One><Name>4</Name>",
    ]
    let body = "<Out><Rows>\(rows.map { "<r>\($0)</r>" }.joined())</Rows></Out>"
    let expected: Value = [
      ["One": "a", "Flat": ["1", "2"], "Number": 1],
      ["One": "a", "Flat": ["1", "3"], "Number": 1],
      ["One": "b", "Flat": ["1", "3"], "Number": 2],
      ["One": "b", "Flat": ["1", "3"], "Number": 2],
      ["One": "b", "Flat": ["1", "3"]], ["One": "c", "Flat": ["1", "4"]],
    ]
    #expect(try output(body)["Rows"] == expected)
  }

  /// A row of few members with few values, so that many are alike.
  private static func row(depth: Int, _ numbers: inout SeededNumbers) -> String {
    let count = Int.random(in: 0...3, using: &numbers)
    let members = (0..<count).map { _ -> String in
      let text = ["1", "2", "a longer text than that"].randomElement(using: &numbers) ?? ""
      switch Int.random(in: 0...(depth < 2 ? 9 : 7), using: &numbers) {
      case 0: return "<One>\(text)</One>"
      case 1: return "<List><a>\(text)</a><b>1</b></List>"
      case 2: return "<Map><e><key>\(text)</key><value>1</value></e></Map>"
      case 3, 4: return "<Name>\(text)</Name>"
      case 5: return "<Pairs><key>\(text)</key><value>1</value></Pairs>"
      case 6: return "<Any><x>\(text)</x></Any>"
      case 7: return "<New>\(text)</New>"
      case 8: return "<Inner>\(row(depth: depth + 1, &numbers))</Inner>"
      default: return "<Rows>\(row(depth: depth + 1, &numbers))</Rows>"
      }
    }
    let id = Int.random(in: 0...5, using: &numbers) == 0 ? " xsi:id='7' xmlns:xsi='u'" : ""
    return "<r\(id)>\(members.joined())</r>"
  }
}

/// Random numbers that are the same each time (SplitMix64).
private struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: Int) { state = UInt64(seed) }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var number = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
    number = (number ^ number >> 27) &* 0x94D0_49BB_1331_11EB
    return number ^ number >> 31
  }
}
