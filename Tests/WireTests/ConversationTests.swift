import Foundation
import Model
import Testing

/// The program as such: lines, failures, and that it goes on.
@Suite struct ConversationTests {
  @Test func answersEachLineAndGoesOnAfterFailures() async throws {
    let answers = try await Wire.ask([
      "no JSON", "", "  ", #"{"kind":"dance"}"#, "{}", #"{"kind":"sign"}"#,
      #"{"kind":"serialize","protocol":"smoke","model":{},"operation":"Do"}"#,
      #"{"kind":"serialize","protocol":"json","model":{},"operation":"Do"}"#,
      #"{"kind":"endpoint","service":"ecs","region":"us-east-2","environment":{}}"#,
    ])
    #expect(answers.count == 9)
    for answer in answers.dropLast() { #expect(answer["exception"]?.string?.isEmpty == false) }
    #expect(answers.last?["url"] == "https://ecs.us-east-2.amazonaws.com")
  }

  /// Bodies of responses, cut off everywhere and with a strange byte everywhere.
  private static func damaged(_ body: String) -> [Data] {
    let bytes = Array(body.utf8)
    return bytes.indices.flatMap { index -> [Data] in
      var spoilt = bytes
      spoilt[index] = index % 2 == 0 ? 0xFF : UInt8(ascii: "<")
      return [Data(bytes[..<index]), Data(spoilt)]
    }
  }

  @Test(arguments: [
    ("json", #"{"Name":"a\u00e9","Sizes":[1,2.5e3,-4],"When":1.5e9,"Inner":{"Name":null}}"#),
    ("rest-json", #"{"Name":"a","Sizes":[1],"When":"2014-04-29T18:30:38Z"}"#),
    ("rest-xml", "<Out><Name>a&amp;b</Name><Sizes><m>1</m></Sizes><When>7</When></Out>"),
    ("query", "<R><DoResult><Name>&#233;</Name></DoResult><M><RequestId>1</RequestId></M></R>"),
    ("ec2", "<Out><Name>a</Name><requestId>1</requestId></Out>"),
  ])
  func survivesEveryDamage(_ language: String, _ body: String) async throws {
    let wrapper = language == "query" ? #","resultWrapper":"DoResult""# : ""
    let model = """
      {"metadata":{"protocol":"\(language)"},"operations":{"Do":{"name":"Do","http":{"method":\
      "POST","requestUri":"/"},"output":{"shape":"Out"\(wrapper)}}},"shapes":{
      "Out":{"type":"structure","members":{"Name":{"shape":"S"},"Sizes":{"shape":"L"},
      "When":{"shape":"T"},"Inner":{"shape":"Out"}}},"S":{"type":"string"},
      "L":{"type":"list","member":{"shape":"N"}},"N":{"type":"integer"},"T":{"type":"timestamp"}}}
      """.replacingOccurrences(of: "\n", with: "")
    let bodies = Self.damaged(body) + [Data(body.utf8)]
    let answers = try await Wire.ask(
      bodies.map { body in
        """
        {"kind":"parse","protocol":"\(language)","model":\(model),"operation":"Do",\
        "response":{"status":200,"headers":{},"body":"\(body.base64EncodedString())"}}
        """
      })
    #expect(answers.count == bodies.count)
    for answer in answers {
      #expect(["output", "error", "exception"].contains { answer[$0] != nil })
    }
    #expect(answers.last?["output"]?["Name"]?.string?.isEmpty == false)
  }
}
