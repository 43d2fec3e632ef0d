import Foundation
import Testing

/// Nothing is written that nobody approved.
@Suite("Approval")
struct ApprovalTests {
  @Test("without a terminal and without --auto-approve nothing is written")
  func nobody() async throws {
    let scene = try await Scene()
    for name in ["limits", "tasks", "exams", "data"] {
      try scene.repository.remove("manifests/\(name).yaml")
    }
    try await scene.repository.commit("Just the budget")
    try await scene.weir("apply", "--env", "prod", exit: 1)
    try await scene.weir("apply", "--env", "prod", "--quiet", exit: 1)
    #expect(try await scene.account.writes() == [])
    #expect(try await scene.repository.tip("weir/prod") == "")
    #expect(try await scene.aws("aws.limit()") == #""900""#)
    try await scene.expectSnapshot("nobody-approves")
  }

  @Test("only yes is consent", arguments: ["no", "", "y", "YES", "yes please"])
  func refusal(answer: String) async throws {
    let scene = try await Scene()
    let result = try await scene.weirOnTerminal("apply", "--env", "prod", answer: answer)
    #expect(result.code == 1)
    #expect(result.output.contains("Only 'yes' goes on:"))
    #expect(result.output.contains("error: not approved"))
    #expect(try await scene.account.writes() == [])
    #expect(try await scene.repository.tip("weir/prod") == "")
  }

  @Test("yes on a terminal applies, with a live line")
  func consent() async throws {
    let scene = try await Scene()
    let result = try await scene.weirOnTerminal("apply", "--env", "prod", answer: "yes")
    #expect(result.code == 0, "\(result.output)")
    #expect(result.output.contains("Apply this to prod?"))
    #expect(result.output.contains("\r\u{1B}[2K"))
    #expect(result.output.contains("Applied serial 1 to prod: 8 changes, -$133.88/mo"))
    #expect(try await scene.aws("aws.limit()") == #""800""#)
    let back = try await scene.weirOnTerminal("rollback", "--env", "prod", answer: "no")
    #expect(back.code == 1)
    #expect(try await scene.aws("aws.limit()") == #""800""#)
    let nothing = try await scene.weirOnTerminal("apply", "--env", "prod", answer: "yes")
    #expect(nothing.code == 0)
    #expect(
      !nothing.output.contains("Only 'yes' goes on"), "nothing is asked where nothing is to do")
  }

  @Test("colours are only for terminals that want them")
  func colours() async throws {
    let scene = try await Scene()
    let plain = try await scene.weir(
      "plan", "--env", "prod", variables: ["NO_COLOR": nil], isQuiet: true)
    #expect(!plain.output.contains("\u{1B}"))
    func isColoured(_ variables: [String: String?], _ options: String...) async throws -> Bool {
      let plan = try await scene.weirOnTerminal(
        ["plan", "--env", "prod"] + options, variables: variables)
      #expect(plan.output.contains("Plan for prod"))
      return plan.output.contains("\u{1B}[")
    }
    #expect(try await isColoured(["NO_COLOR": nil]))
    #expect(try await isColoured(["NO_COLOR": nil], "--no-color") == false)
    #expect(try await isColoured(["NO_COLOR": "1"]) == false)
    #expect(try await isColoured(["NO_COLOR": nil, "TERM": "dumb"]) == false)
  }
}
