import Foundation
import Model
import Testing

@Suite struct SerializeTests {
  static let shapes = """
    "In":{"type":"structure","required":["Key"],"members":{
      "Key":{"shape":"S","location":"uri","locationName":"key"},
      "Tags":{"shape":"L","location":"querystring","locationName":"tag"},
      "Extra":{"shape":"M","location":"querystring"},
      "When":{"shape":"T","location":"header","locationName":"X-When"},
      "Notes":{"shape":"M","location":"headers","locationName":"X-Note-"},
      "Kind":{"shape":"E"},"Ratio":{"shape":"D"},"Raw":{"shape":"Blob"},"At":{"shape":"T"},
      "Token":{"shape":"S","idempotencyToken":true},"Choice":{"shape":"U"}}},
    "U":{"type":"structure","union":true,"members":{"a":{"shape":"S"},"b":{"shape":"S"}}},
    "S":{"type":"string","min":1},"L":{"type":"list","member":{"shape":"S"}},"D":{"type":"double"},
    "M":{"type":"map","key":{"shape":"S"},"value":{"shape":"S"}},"T":{"type":"timestamp"},
    "Blob":{"type":"blob"},"E":{"type":"string","enum":["A","B"]}
    """

  private func question(
    _ language: String, _ params: String, http: String, endpoint: String = "https://example.com",
    more: String = ""
  ) -> String {
    """
    {"kind":"serialize","protocol":"\(language)","operation":"Do","params":\(params),
    "endpoint":"\(endpoint)","model":{"metadata":{"protocol":"\(language)","apiVersion":"2020-01-08",
    "jsonVersion":"1.1","targetPrefix":"Svc","endpointPrefix":"svc"},"operations":{"Do":{"name":"Do",
    "http":\(http),"input":{"shape":"In"}\(more)}},"shapes":{\(Self.shapes)}}}
    """
  }

  private func body(_ answer: Value) -> String {
    let data = answer["body"]?.string.flatMap { Data(base64Encoded: $0) }
    return String(decoding: data ?? Data(), as: UTF8.self)
  }

  @Test func spreadsInputOverPathQueryHeadersAndBody() async throws {
    let answer = try await Wire.ask(
      question(
        "rest-json",
        #"""
        {"Key":"a/b ☃","Tags":["x","y&z"],"Extra":{"tag":"shadowed","n":"1"},"When":1398796238,
        "Notes":{"one":"1"},"Kind":"A","Ratio":"NaN","Raw":"raw","At":1398796238.25,
        "Choice":{"a":"b"}}
        """#, http: #"{"method":"PUT","requestUri":"/x/{key+}?fixed=1"}"#,
        endpoint: "http://localhost:9/base", more: #","endpoint":{"hostPrefix":"data."}"#))
    #expect(answer["method"] == "PUT")
    #expect(answer["host"] == "localhost:9")
    #expect(answer["uri"] == "/base/x/a/b%20%E2%98%83?fixed=1&tag=x&tag=y%26z&n=1")
    #expect(answer["headers"]?["X-When"] == "Tue, 29 Apr 2014 18:30:38 GMT")
    #expect(answer["headers"]?["X-Note-one"] == "1")
    #expect(answer["headers"]?["Content-Type"] == "application/json")
    #expect(
      body(answer) == #"""
        {"At":1398796238.25,"Choice":{"a":"b"},"Kind":"A","Ratio":"NaN","Raw":"cmF3",\#
        "Token":"00000000-0000-4000-8000-000000000000"}
        """#)
  }

  @Test func putsPrefixBeforeHost() async throws {
    let answer = try await Wire.ask(
      question(
        "json", #"{"Key":"k"}"#, http: #"{"method":"POST","requestUri":"/"}"#,
        more: #","endpoint":{"hostPrefix":"data."}"#))
    #expect(answer["host"] == "data.example.com")
    #expect(answer["headers"]?["X-Amz-Target"] == "Svc.Do")
  }

  @Test func keepsTheOrderOfMaps() async throws {
    let answer = try await Wire.ask(
      question(
        "query", #"{"Key":"k","Token":"t","Notes":{"z":"1","a":"2"}}"#,
        http: #"{"method":"POST","requestUri":"/"}"#))
    #expect(
      body(answer)
        == "Action=Do&Version=2020-01-08&key=k&X-Note-.entry.1.key=z&X-Note-.entry.1.value=1"
        + "&X-Note-.entry.2.key=a&X-Note-.entry.2.value=2&Token=t")
  }

  @Test func keepsTheOrderOfEachMap() async throws {
    let answer = try await Wire.ask(
      question(
        "query",
        #"{"Key":"k","Token":"t","Extra":{"a":"1","z":"2"},"Notes":{"z":"1","a":"2","b":"3"}}"#,
        http: #"{"method":"POST","requestUri":"/"}"#))
    #expect(
      body(answer)
        == "Action=Do&Version=2020-01-08&key=k&Extra.entry.1.key=a&Extra.entry.1.value=1"
        + "&Extra.entry.2.key=z&Extra.entry.2.value=2&X-Note-.entry.1.key=z&X-Note-.entry.1.value=1"
        + "&X-Note-.entry.2.key=a&X-Note-.entry.2.value=2&X-Note-.entry.3.key=b"
        + "&X-Note-.entry.3.value=3&Token=t")
  }

  @Test func saysTheLengthOfABody() async throws {
    let written = try await Wire.ask(
      question("json", #"{"Key":"k"}"#, http: #"{"method":"POST","requestUri":"/"}"#))
    #expect(written["headers"]?["Content-Length"]?.string == "\(body(written).utf8.count)")
    let none = try await Wire.ask(
      """
      {"kind":"serialize","protocol":"rest-json","operation":"Do","params":{},"model":{
      "operations":{"Do":{"name":"Do","http":{"method":"GET","requestUri":"/"}}},"shapes":{}}}
      """)
    #expect(none["method"] == "GET")
    #expect(none["headers"] == [:])
  }

  @Test func refusesAnEndpointThatIsNoText() async throws {
    let answer = try await Wire.ask(
      question("json", #"{"Key":"k"}"#, http: #"{"method":"POST","requestUri":"/"}"#)
        .replacing("\"https://example.com\"", with: "5"))
    #expect(answer["exception"] == "endpoint must be a text")
  }

  @Test(arguments: [
    ("{}", "Key: is required"), (#"{"Key":1}"#, "Key: must be a string"),
    (#"{"Key":""}"#, "Key: must be at least 1 characters"),
    (#"{"Key":"k","Kind":"C"}"#, "Kind: must be one of A, B"),
    (#"{"Key":"k","Choice":{"a":"x","b":"y"}}"#, "Choice: must have exactly one member"),
    (#"{"Key":"k","Choice":{}}"#, "Choice: must have exactly one member"),
    (#"{"Key":"k","Notes":{"x":"a\r\nb"}}"#, "a header holds no control characters"),
  ])
  func refuses(_ params: String, _ message: String) async throws {
    let answer = try await Wire.ask(
      question("rest-json", params, http: #"{"method":"GET","requestUri":"/{key}"}"#))
    #expect(answer["exception"]?.string?.contains(message) == true, "\(answer)")
  }
}
