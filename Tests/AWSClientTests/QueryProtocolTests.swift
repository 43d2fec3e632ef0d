import CurlTransport
import Foundation
import Model
import Testing

@testable import AWSClient

@Suite struct QueryProtocolTests {
  static let shapes = """
    "In":{"type":"structure","members":{"Name":{"shape":"S"},"Flag":{"shape":"B"},
      "Time":{"shape":"T"},"Items":{"shape":"L"},"Flat":{"shape":"FlatL"},"Named":{"shape":"NamedL"},
      "Map":{"shape":"M"},"FlatMap":{"shape":"FlatM"},"Self":{"shape":"In"},"Bytes":{"shape":"Blob"},
      "Short":{"shape":"S","locationName":"short","queryName":"Q"}}},
    "FlatL":{"type":"list","flattened":true,"member":{"shape":"S"}},
    "NamedL":{"type":"list","flattened":true,"member":{"shape":"S","locationName":"Item"}},
    "FlatM":{"type":"map","flattened":true,"key":{"shape":"S","locationName":"K"},
      "value":{"shape":"S","locationName":"V"}},
    "Out":{"type":"structure","members":{"Items":{"shape":"L"},"Map":{"shape":"M"},
      "Flag":{"shape":"B"},"Count":{"shape":"I"},"Time":{"shape":"T"},"Self":{"shape":"Out"},
      "Flat":{"shape":"FlatL"},"FlatMap":{"shape":"FlatM"},"Bytes":{"shape":"Blob"}}}
    """

  private func form(_ request: WireRequest) -> [String] {
    String(decoding: request.body, as: UTF8.self).split(separator: "&").map(String.init)
  }

  @Test func writesForm() throws {
    let service = try OneOperation(.query, shapes: Self.shapes)
    let request = try service.request([
      "Name": "a&b=c +é~", "Flag": true, "Time": 1_398_796_238, "Items": ["x", "y"],
      "Flat": ["f"], "Named": ["n"], "Map": ["k": "v"], "FlatMap": ["k": "v"],
      "Self": ["Name": "inner", "Items": []], "Bytes": "foo", "Short": "s", "New": ["A": ["1"]],
    ])
    #expect(
      form(request) == [
        "Action=Do", "Version=2020-01-08", "Name=a%26b%3Dc%20%2B%C3%A9~", "Flag=true",
        "Time=2014-04-29T18%3A30%3A38Z", "Items.member.1=x", "Items.member.2=y", "Flat.1=f",
        "Item.1=n", "Map.entry.1.key=k", "Map.entry.1.value=v", "FlatMap.1.K=k", "FlatMap.1.V=v",
        "Self.Name=inner", "Self.Items=", "Bytes=Zm9v", "short=s", "New.A.member.1=1",
      ])
  }

  @Test func writesFormForEC2() throws {
    let service = try OneOperation(.ec2, shapes: Self.shapes)
    let request = try service.request(["Items": ["x"], "Short": "s", "Self": ["Items": []]])
    #expect(form(request) == ["Action=Do", "Version=2020-01-08", "Items.1=x", "Q=s"])
  }

  @Test func readsResult() throws {
    let service = try OneOperation(
      .query, shapes: Self.shapes,
      output: #"{"shape":"Out","resultWrapper":"DoResult"}"#)
    let output = try service.output(
      """
      <?xml version="1.0"?><DoResponse xmlns="https://x/"><DoResult><Items><member>a</member>
      <member/></Items><Map><entry><key>k</key><value>v</value></entry></Map><Flag>true</Flag>
      <Count>-12</Count><Time>2014-04-29T18:30:38.250+01:00</Time><Self><Flag>false</Flag></Self>
      <Flat>1</Flat><Flat>2</Flat><FlatMap><K>a</K><V>b</V></FlatMap><Bytes>Zm9v</Bytes>
      <New><Deep>x</Deep><Twice>1</Twice><Twice>2</Twice></New></DoResult>
      <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></DoResponse>
      """)
    #expect(
      output == [
        "Items": ["a", ""], "Map": ["k": "v"], "Flag": true, "Count": -12,
        "Time": .number(Decimal(string: "1398792638.25")!), "Self": ["Flag": false],
        "Flat": ["1", "2"], "FlatMap": ["a": "b"], "Bytes": .bytes(Data("foo".utf8)),
        "New": ["Deep": "x", "Twice": ["1", "2"]],
      ])
  }

  @Test func readsResultOfEC2() throws {
    let service = try OneOperation(.ec2, shapes: Self.shapes)
    let output = try service.output(
      "<DoResponse><requestId>r</requestId><Items><item>a</item></Items></DoResponse>")
    #expect(output == ["Items": ["a"]])
  }

  @Test func refusesMissingResult() throws {
    let service = try OneOperation(
      .query, shapes: Self.shapes,
      output: #"{"shape":"Out","resultWrapper":"DoResult"}"#)
    for body in ["", "<DoResponse/>", "<DoResponse><DoResult></DoResponse>", "plain"] {
      #expect(throws: WireFault.self) { try service.output(body) }
    }
  }

  @Test(arguments: [
    (
      WireProtocol.query,
      "<ErrorResponse><Error><Type>Sender</Type><Code>C</Code><Message>m</Message></Error><RequestId>r</RequestId></ErrorResponse>"
    ),
    (
      .ec2,
      "<Response><Errors><Error><Code>C</Code><Message>m</Message></Error></Errors><RequestID>r</RequestID></Response>"
    ),
    (
      .restXML,
      "<Error><Code>C</Code><Message>m</Message><RequestId>r</RequestId><HostId>h</HostId></Error>"
    ),
  ])
  func readsErrors(_ language: WireProtocol, _ body: String) throws {
    let service = try OneOperation(
      language, shapes: #""In":{"type":"structure"},"Out":{"type":"structure"}"#)
    let failure = language.failure(
      HTTPResponse(status: 400, headers: [], body: Data(body.utf8)), service.operation,
      in: service.description)
    #expect(failure == WireFailure(code: "C", message: "m", requestID: "r", region: nil))
  }
}
