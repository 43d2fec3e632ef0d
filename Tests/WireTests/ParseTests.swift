import Foundation
import Model
import Testing

@Suite struct ParseTests {
  static let shapes = """
    "Out":{"type":"structure","members":{"Name":{"shape":"S"},"At":{"shape":"T"},
      "Raw":{"shape":"Blob"},"Ratio":{"shape":"D"},"Items":{"shape":"Flat","locationName":"Item"},
      "Pairs":{"shape":"FlatMap","locationName":"Pair"},"Choice":{"shape":"U"},
      "Trace":{"shape":"S","location":"header","locationName":"X-Trace"},
      "Meta":{"shape":"M","location":"headers","locationName":"X-Meta-"},
      "Code":{"shape":"I","location":"statusCode"}}},
    "Flat":{"type":"list","flattened":true,"member":{"shape":"S"}},
    "FlatMap":{"type":"map","flattened":true,"key":{"shape":"S","locationName":"K"},
      "value":{"shape":"I","locationName":"V"}},
    "U":{"type":"structure","union":true,"members":{"a":{"shape":"S"}}},
    "Gone":{"type":"structure","exception":true,"error":{"code":"GoneAway"},"members":{
      "Where":{"shape":"S"},"Hint":{"shape":"S","location":"header","locationName":"X-Hint"}}},
    "S":{"type":"string"},"D":{"type":"double"},"I":{"type":"integer"},"T":{"type":"timestamp"},
    "M":{"type":"map","key":{"shape":"S"},"value":{"shape":"S"}},"Blob":{"type":"blob"}
    """

  private func ask(
    _ language: String, _ body: String, status: Int = 200, headers: String = "{}",
    wrapper: String = ""
  ) async throws -> Value {
    try await Wire.ask(
      """
      {"kind":"parse","protocol":"\(language)","operation":"Do","response":{"status":\(status),
      "headers":\(headers),"body":"\(Data(body.utf8).base64EncodedString())"},
      "model":{"metadata":{"protocol":"\(language)"},"operations":{"Do":{"name":"Do",
      "http":{"method":"GET","requestUri":"/"},"output":{"shape":"Out"\(wrapper)},
      "errors":[{"shape":"Gone"}]}},"shapes":{\(Self.shapes)}}}
      """)
  }

  @Test func gathersOutputFromStatusHeadersAndBody() async throws {
    let output = try await ask(
      "rest-json",
      #"""
      {"Name":null,"At":1398796238.25,"Raw":"cmF3","Ratio":"-Infinity","New":1,
      "Choice":{"later":1}}
      """#, status: 201, headers: #"{"x-trace":"t","X-META-one":"1"}"#)["output"]
    #expect(
      output == [
        "At": .number(Decimal(string: "1398796238.25") ?? 0), "Raw": "raw", "Ratio": "-Infinity",
        "Choice": ["SDK_UNKNOWN_MEMBER": ["name": "later"]], "Trace": "t", "Meta": ["one": "1"],
        "Code": 201,
      ])
  }

  @Test(arguments: [("rest-xml", "%"), ("query", "<R><DoResult>%</DoResult></R>"), ("ec2", "%")])
  func readsFlattenedXML(_ language: String, _ frame: String) async throws {
    let inside = """
      <Item>a</Item><Pair><K>x</K><V>1</V></Pair><Name> <![CDATA[<n>]]></Name><Item/>
      <Pair><V>2</V><K>y</K></Pair><At>2014-04-29T18:30:38Z</At><Unknown><Name>no</Name></Unknown>
      """
    let wrapper = language == "query" ? #","resultWrapper":"DoResult""# : ""
    let document = frame.replacing("%", with: inside)
    let body = language == "query" ? document : "<Out xmlns:p=\"urn:p\">\(document)</Out>"
    let output = try await ask(language, body, wrapper: wrapper)["output"]
    #expect(output?["Items"] == ["a", ""])
    #expect(output?["Pairs"] == ["x": 1, "y": 2])
    #expect(output?["Name"] == " <n>")
    #expect(output?["At"] == 1_398_796_238)
    #expect(output?["Unknown"] == nil)
  }

  static let hint = #"{"X-Hint":"look elsewhere","X-Amzn-ErrorType":"GoneAway:http://internal/"}"#

  @Test(arguments: [
    ("json", #"{"__type":"com.x#GoneAway","message":"m","Where":"w","New":1}"#, "{}"),
    ("rest-json", #"{"Message":"m","Where":"w"}"#, hint),
    (
      "rest-xml",
      "<ErrorResponse><Error><Code>GoneAway</Code><Message>m</Message><Where>w</Where></Error>"
        + "</ErrorResponse>", hint
    ),
    ("rest-xml", "<Error><Code>GoneAway</Code><Message>m</Message><Where>w</Where></Error>", hint),
    (
      "ec2",
      "<Response><Errors><Error><Code>GoneAway</Code><Message>m</Message><Where>w</Where></Error>"
        + "</Errors><RequestID>r</RequestID></Response>", "{}"
    ),
  ])
  func readsModeledErrors(_ language: String, _ body: String, _ headers: String) async throws {
    let error = try await ask(language, body, status: 410, headers: headers)["error"]
    #expect(error?["code"] == "GoneAway")
    #expect(error?["message"] == "m")
    #expect(error?["members"]?["Where"] == "w")
    #expect(
      error?["members"]?["Hint"] == (language.hasPrefix("rest") ? "look elsewhere" : nil))
    #expect(error?["members"]?["New"] == nil)
  }

  @Test(arguments: ["json", "rest-json", "rest-xml", "query", "ec2"])
  func givesTheStatusWhereThereIsNoError(_ language: String) async throws {
    for body in ["", "<html><body>Service Unavailable</body></html>"] {
      let error = try await ask(language, body, status: 503)["error"]
      #expect(error?["code"] == "503")
      #expect(error?["members"] == [:])
    }
  }

  @Test(arguments: [("77u/YQ==", "\u{FEFF}a"), ("/w==", "/w=="), ("", "")])
  func givesBytesAsTextWhereTheyAreText(_ bytes: String, _ text: String) async throws {
    let output = try await ask("json", #"{"Raw":"\#(bytes)"}"#)["output"]
    let found = output?["Raw"]?.string.map { Array($0.utf8) }
    #expect(found == Array(text.utf8))
  }

  @Test func takesAnErrorInAGoodResponseForAnError() async throws {
    let body = "<?xml version=\"1.0\"?>\n<Error><Code>InternalError</Code></Error>"
    #expect(try await ask("rest-xml", body)["error"]?["code"] == "InternalError")
  }

  @Test(arguments: [("json", "{\"a\":"), ("rest-xml", "<a><b></a>"), ("query", "<a/>")])
  func refusesGarbage(_ language: String, _ body: String) async throws {
    let answer = try await ask(language, body, wrapper: #","resultWrapper":"DoResult""#)
    #expect(answer["exception"] != nil)
  }
}
