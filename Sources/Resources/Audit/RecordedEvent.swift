internal import Foundation
internal import Model

/// An event of CloudTrail, as far as it matters who wrote to what.
struct RecordedEvent {
  /// Who, what and when.
  let event: WriteEvent
  /// The parameters of the request.
  let requestParameters: Value
  /// What AWS answered to one that makes something.
  let responseElements: Value
  /// Whether Weir itself asked.
  let isOwn: Bool

  /// An event of LookupEvents' answer; nil for one that wrote nothing: a read, a failure.
  ///
  /// Who asked and for what stands in `CloudTrailEvent`, a document of its own (CloudTrail user guide,
  /// record contents and userIdentity element).
  init?(_ answer: Value) {
    guard let operation = answer["EventName"]?.string,
      let time = Timestamps.date(answer["EventTime"] ?? .null),
      answer["ReadOnly"]?.string != "true",
      let text = answer["CloudTrailEvent"]?.string,
      let record = try? JSONDecoder().decode(Value.self, from: Data(text.utf8)),
      record["errorCode"]?.string == nil
    else { return nil }
    let identity = record["userIdentity"]
    let who =
      identity?["arn"]?.string ?? identity?["invokedBy"]?.string ?? answer["Username"]?.string
      ?? identity?["principalId"]?.string ?? "somebody without a name"
    event = WriteEvent(
      who: who, operation: operation,
      time: Date(timeIntervalSince1970: time.timeIntervalSince1970.rounded()))
    requestParameters = record["requestParameters"] ?? .null
    responseElements = record["responseElements"] ?? .null
    isOwn = record["userAgent"]?.string?.hasPrefix("weir/") ?? false
  }
}
