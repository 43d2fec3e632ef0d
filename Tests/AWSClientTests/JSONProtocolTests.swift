import CurlTransport
import Foundation
import Model
import Testing

@testable import AWSClient

@Suite struct JSONProtocolTests {
  static let shapes = """
    "In":{"type":"structure","required":["Name"],"members":{"Name":{"shape":"S"},
      "Time":{"shape":"T"},"ISO":{"shape":"T","timestampFormat":"iso8601"},"Bytes":{"shape":"Blob"},
      "Items":{"shape":"L"},"Map":{"shape":"M"},"Number":{"shape":"D"},"Self":{"shape":"In"},
      "Short":{"shape":"S","locationName":"s"}}},
    "Out":{"type":"structure","members":{"Time":{"shape":"T"},"Bytes":{"shape":"Blob"},
      "Self":{"shape":"Out"},"Short":{"shape":"S","locationName":"s"},"Items":{"shape":"L"}}}
    """

  @Test func writesRequest() throws {
    let service = try OneOperation(.json, shapes: Self.shapes)
    let request = try service.request([
      "Name": "é", "Time": .number(Decimal(string: "1398796238.5")!), "ISO": 1_398_796_238,
      "Bytes": .bytes(Data("foo".utf8)), "Items": ["a", .null], "Map": ["k": "v"],
      "Number": "NaN", "Self": ["Name": "x", "Short": "y"], "New": ["deep": [1]],
    ])
    #expect(
      request.body == Data(
        #"{"Bytes":"Zm9v","ISO":"2014-04-29T18:30:38Z","Items":["a",null],"Map":{"k":"v"},"#.utf8)
        + Data(
          #""Name":"é","New":{"deep":[1]},"Number":"NaN","Self":{"Name":"x","s":"y"},"#.utf8)
        + Data(#""Time":1398796238.5}"#.utf8))
    #expect(request.path == "/")
    #expect(
      request.headers == [
        HTTPHeader(name: "Content-Type", value: "application/x-amz-json-1.1"),
        HTTPHeader(name: "X-Amz-Target", value: "Target.Do"),
      ])
  }

  @Test func readsOutput() throws {
    let service = try OneOperation(.json, shapes: Self.shapes)
    let output = try service.output(
      #"{"Time":1398796238.5,"Bytes":"Zm9v","s":"x","Self":{"Items":["a",null],"Short":null},"Items":null}"#
    )
    #expect(
      output == [
        "Time": .number(Decimal(string: "1398796238.5")!), "Bytes": .bytes(Data("foo".utf8)),
        "Short": "x", "Self": ["Items": ["a", .null], "Short": .null],
      ])
  }

  @Test func keepsUnknownMembersThroughReadAndWrite() throws {
    let service = try OneOperation(.json, shapes: Self.shapes, output: #"{"shape":"In"}"#)
    let text =
      #"{"Name":"n","Self":{"Name":"m","inner":{"k":[1.50,{"x":null}]}},"newMember":{"b":true,"s":"t"}}"#
    let read = try service.output(text)
    #expect(read["newMember"] == ["b": true, "s": "t"])
    let written: Value = try JSONReader.read(try service.request(read).body)
    #expect(written == (try JSONReader.read(text.utf8)))
    #expect(try service.output(text, keepsUnknown: false)["newMember"] == nil)
  }

  static let errors: [(String, [String: String], String)] = [
    (#"{"__type":"com.amazonaws.ecs#ServiceNotFoundException","message":"no"}"#, [:], "no"),
    (#"{"__type":"ServiceNotFoundException:http://x/","Message":"No"}"#, [:], "No"),
    (#"{"message":"m"}"#, ["X-Amzn-ErrorType": "ServiceNotFoundException:http://x/"], "m"),
    (#"{"code":"ServiceNotFoundException"}"#, [:], ""),
    (##"{"__type":"#","code":"ServiceNotFoundException"}"##, ["X-Amzn-ErrorType": ""], ""),
    (
      #"{"__type":"Other","message":"m"}"#,
      ["x-amzn-query-error": "ServiceNotFoundException;Sender"], "m"
    ),
  ]

  @Test(arguments: errors)
  func readsErrors(_ body: String, _ headers: [String: String], _ message: String) throws {
    let response = HTTPResponse(
      status: 400,
      headers: headers.map { HTTPHeader(name: $0, value: $1) }
        + [HTTPHeader(name: "x-amzn-RequestId", value: "id-1")], body: Data(body.utf8))
    let service = try OneOperation(
      .json, shapes: #""In":{"type":"structure"},"Out":{"type":"structure"}"#)
    let failure = service.language.failure(response, service.operation, in: service.description)
    #expect(failure.code == "ServiceNotFoundException")
    #expect(failure.message == message)
    #expect(failure.requestID == "id-1")
  }

  @Test func fillsHostPrefix() throws {
    let service = try OneOperation(
      .json, shapes: Self.shapes, endpoint: #"{"hostPrefix":"data-{Name}."}"#)
    #expect(try service.request(["Name": "my.a-1"]).hostPrefix == "data-my.a-1.")
    for name in ["evil/", "", "a@b", "é"] {
      #expect(throws: WireFault.self) { try service.request(["Name": .string(name)]) }
    }
  }

  @Test func refusesGarbage() throws {
    let service = try OneOperation(.json, shapes: Self.shapes)
    for body in ["<html>", "{\"Time\":", "[]", "\"x\""] {
      #expect(throws: WireFault.self) { try service.output(body) }
    }
  }

  @Test func choosesFirstSpokenProtocol() throws {
    let text = ServiceModels.text(of: "cloudwatch") ?? ""
    let description = try APIDescription(text: text.utf8)
    #expect(description.metadata.protocols.first == "smithy-rpc-v2-cbor")
    #expect(WireProtocol(description.metadata) == .json)
  }
}
