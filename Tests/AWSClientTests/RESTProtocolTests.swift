import CurlTransport
import Foundation
import Model
import Testing

@testable import AWSClient

@Suite struct RESTProtocolTests {
  static let shapes = """
    "In":{"type":"structure","required":["Bucket"],"members":{
      "Bucket":{"shape":"S","location":"uri","locationName":"Bucket"},
      "Key":{"shape":"S","location":"uri","locationName":"Key"},
      "Size":{"shape":"I","location":"querystring","locationName":"size"},
      "Tags":{"shape":"L","location":"querystring","locationName":"tag"},
      "Since":{"shape":"T","location":"header","locationName":"If-Since"},
      "Words":{"shape":"L","location":"header","locationName":"X-Words"},
      "Meta":{"shape":"M","location":"headers","locationName":"x-meta-"},
      "Doc":{"shape":"Doc"}}PAYLOAD},
    "Doc":{"type":"structure","xmlNamespace":{"uri":"http://ns/"},"members":{
      "Type":{"shape":"S","xmlAttribute":true,"locationName":"xsi:type"},
      "Rules":{"shape":"Rules","locationName":"Rule"},"Names":{"shape":"L"},"Map":{"shape":"M"},
      "Date":{"shape":"T"},"Self":{"shape":"Doc"}}},
    "Rules":{"type":"list","flattened":true,"member":{"shape":"Rule"}},
    "Rule":{"type":"structure","members":{"ID":{"shape":"S"},"Days":{"shape":"I"}}},
    "Out":{"type":"structure","members":{"Status":{"shape":"I","location":"statusCode"},
      "Etag":{"shape":"S","location":"header","locationName":"ETag"},
      "Words":{"shape":"L","location":"header","locationName":"X-Words"},
      "Meta":{"shape":"M","location":"headers","locationName":"x-meta-"},
      "Doc":{"shape":"Doc"}}PAYLOAD}
    """

  private func service(_ language: WireProtocol, payload: Bool = true) throws -> OneOperation {
    let shapes = Self.shapes.replacingOccurrences(
      of: "PAYLOAD", with: payload ? #","payload":"Doc""# : "")
    return try OneOperation(
      language, shapes: shapes,
      http: #"{"method":"PUT","requestUri":"/{Bucket}/{Key+}?lifecycle"}"#)
  }

  static let input: Value = [
    "Bucket": "my bucket", "Key": "a/b c/é", "Size": 5, "Tags": ["x y", "z"],
    "Since": 1_398_796_238, "Words": ["plain", "a,b", "say \"hi\""], "Meta": ["one": "1"],
  ]

  @Test func bindsMembers() throws {
    let request = try service(.restXML).request(Self.input)
    #expect(request.method == "PUT")
    #expect(request.path == "/my%20bucket/a/b%20c/%C3%A9")
    #expect(request.encodedQuery == "lifecycle&size=5&tag=x%20y&tag=z")
    #expect(
      request.headers == [
        HTTPHeader(name: "If-Since", value: "Tue, 29 Apr 2014 18:30:38 GMT"),
        HTTPHeader(name: "X-Words", value: #"plain,"a,b","say \"hi\"""#),
        HTTPHeader(name: "x-meta-one", value: "1"),
      ])
    #expect(request.body.isEmpty)
  }

  static let document: Value = [
    "Type": "Person", "Rules": [["ID": "a<b>&\"", "Days": 3], ["ID": "", "new": ["x", "y"]]],
    "Names": ["n"], "Map": ["k": "v"], "Date": 1_398_796_238, "Self": [:],
    "Added": ["@kind": "k", "#text": "t"],
  ]

  @Test func writesXML() throws {
    let request = try service(.restXML).request(["Bucket": "b", "Key": "k", "Doc": Self.document])
    #expect(
      String(decoding: request.body, as: UTF8.self)
        == #"<Doc xmlns="http://ns/" xsi:type="Person"><Rule><ID>a&lt;b&gt;&amp;&quot;</ID>"#
        + #"<Days>3</Days></Rule><Rule><ID/><new>x</new><new>y</new></Rule>"#
        + #"<Names><member>n</member></Names><Map><entry><key>k</key><value>v</value></entry></Map>"#
        + #"<Date>2014-04-29T18:30:38Z</Date><Self xmlns="http://ns/"/>"#
        + #"<Added kind="k">t</Added></Doc>"#)
    #expect(request.headers == [HTTPHeader(name: "Content-Type", value: "application/xml")])
  }

  @Test func keepsUnknownElementsThroughReadAndWrite() throws {
    let service = try service(.restXML)
    let body = try service.request(["Bucket": "b", "Key": "k", "Doc": Self.document]).body
    let output = try service.output(String(decoding: body, as: UTF8.self))
    #expect(output["Doc"] == Self.document)
  }

  @Test func readsPrefixedXML() throws {
    let output = try service(.restXML).output(
      """
      <a:Doc xmlns:a="http://ns/" xmlns:q="http://w3/" q:type="P"><a:Rule><a:ID> x </a:ID></a:Rule></a:Doc>
      """)
    #expect(output["Doc"] == ["Type": "P", "Rules": [["ID": " x "]]])
  }

  @Test(arguments: [WireProtocol.restXML, .restJSON])
  func readsHeadersAndStatus(_ language: WireProtocol) throws {
    let output = try service(language).output(
      "", status: 202,
      headers: ["etag": "\"e\"", "x-words": #"a, "b,c" ,d"#, "X-Meta-One": "1"])
    #expect(
      output == [
        "Status": 202, "Etag": "\"e\"", "Words": ["a", "b,c", "d"], "Meta": ["One": "1"],
      ])
  }

  @Test func bindsJSON() throws {
    let whole = try service(.restJSON, payload: false)
    var input = Self.input.map ?? [:]
    input["Doc"] = ["Rules": [["ID": "x"]]]
    input["Fresh"] = true
    let request = try whole.request(.map(input))
    #expect(
      String(decoding: request.body, as: UTF8.self)
        == #"{"Doc":{"Rule":[{"ID":"x"}]},"Fresh":true}"#)
    #expect(request.headers.last == HTTPHeader(name: "Content-Type", value: "application/json"))
    #expect(try whole.output(#"{"Doc":{"Rule":[]},"x":1}"#)["Doc"] == ["Rules": []])
    #expect(try service(.restJSON).request(["Bucket": "b", "Key": "k"]).body == Data("{}".utf8))
  }

  @Test func refusesUnknownMemberWithoutPlace() throws {
    #expect(throws: WireFault.self) {
      try service(.restXML).request(["Bucket": "b", "Key": "k", "Fresh": 1])
    }
  }

  @Test func refusesLineEndInHeader() throws {
    #expect(throws: WireFault.self) {
      try service(.restXML).request([
        "Bucket": "b", "Key": "k", "Meta": ["a": "b\r\nX-Evil: 1"],
      ])
    }
  }

  @Test(arguments: ["\0", "a\u{B}", "\u{1F}"])
  func refusesWhatXMLCannotSay(_ text: String) throws {
    #expect(throws: WireFault.self) {
      try service(.restXML).request(["Bucket": "b", "Key": "k", "Doc": ["Names": [.string(text)]]])
    }
    let spaces = try service(.restXML).request([
      "Bucket": "b", "Key": "k", "Doc": ["Names": ["\t\r\n"]],
    ])
    #expect(String(decoding: spaces.body, as: UTF8.self).contains("&#x9;&#xD;&#xA;"))
  }

  @Test func refusesEmptyLabel() throws {
    #expect(throws: WireFault.self) { try service(.restXML).request(["Bucket": "", "Key": "k"]) }
  }

  @Test(arguments: [
    ("a,b", ["a", "b"]), (#"a, "b,c" ,d"#, ["a", "b,c", "d"]),
    (#"say "hi",x"#, [#"say "hi""#, "x"]), (#""",x"#, ["", "x"]),
    (#""a\"b",5""#, [#"a"b"#, #"5""#]),
  ])
  func splitsLists(_ text: String, _ elements: [String]) {
    #expect(HeaderList.split(text, isDates: false) == elements)
  }

  @Test(arguments: [
    "Tue, 29 Apr 2014 18:30:38 GMT, Tue, 29 Apr 2014 18:30:39 GMT", "1398796238, 1398796239",
    "2014-04-29T18:30:38Z,2014-04-29T18:30:39Z",
  ])
  func splitsLists(ofDates text: String) {
    let dates = HeaderList.split(text, isDates: true).map { Timestamp.read($0) }
    #expect(dates == [1_398_796_238, 1_398_796_239])
  }

  @Test func joinsRepeatedHeadersOfAList() throws {
    let response = HTTPResponse(
      status: 200,
      headers: [
        HTTPHeader(name: "X-Words", value: "a, \"b,c\""), HTTPHeader(name: "ETag", value: "1"),
        HTTPHeader(name: "x-words", value: "d"), HTTPHeader(name: "ETag", value: "2"),
      ], body: Data())
    let service = try service(.restXML)
    let output = try service.language.output(
      response, service.operation, in: service.description, keepsUnknown: true)
    #expect(output["Words"] == ["a", "b,c", "d"])
    #expect(output["Etag"] == "1")
  }

  @Test(arguments: [("%2F%2f", "//"), ("100%", "100%"), ("%+1%-0%zz%2", "%+1%-0%zz%2")])
  func decodesEscapes(_ text: String, _ decoded: String) {
    #expect(PercentEncoding.decode(text) == decoded)
  }

  @Test func refusesJSONThatIsNoObject() throws {
    let whole = try service(.restJSON, payload: false)
    for body in ["[]", "\"x\"", "5", "true"] {
      #expect(throws: WireFault.self) { try whole.output(body) }
      #expect(throws: WireFault.self) { try whole.output(body, keepsUnknown: false) }
    }
    #expect(try whole.output("null")["Doc"] == nil)
  }

  @Test func readsNumbersWithSpaceAround() throws {
    let output = try service(.restXML).output("<Doc><Rule><Days>\n 5 </Days></Rule></Doc>")
    #expect(output["Doc"] == ["Rules": [["Days": 5]]])
  }
}
