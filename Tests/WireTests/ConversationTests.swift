import Model
import Testing

/// The program as such: lines, failures, and that it goes on.
@Suite struct ConversationTests {
  @Test func answersEachLineAndGoesOnAfterFailures() async throws {
    let answers = try await Wire.ask([
      "no JSON", #"{"kind":"dance"}"#, "{}", #"{"kind":"sign"}"#,
      #"{"kind":"serialize","protocol":"smoke","model":{},"operation":"Do"}"#,
      #"{"kind":"serialize","protocol":"json","model":{},"operation":"Do"}"#,
      #"{"kind":"endpoint","service":"ecs","region":"us-east-2","environment":{}}"#,
    ])
    #expect(answers.count == 7)
    for answer in answers.dropLast() { #expect(answer["exception"]?.string?.isEmpty == false) }
    #expect(answers.last?["url"] == "https://ecs.us-east-2.amazonaws.com")
  }
}
