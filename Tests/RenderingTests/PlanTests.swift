import Foundation
import Model
import Rendering
import Testing

@Suite struct PlanTests {
  private let digest = "8e12ab90c4d1f00d8e12ab90c4d1f00d8e12ab90c4d1f00d8e12ab90c4d1f00d"

  @Test(arguments: PlanCase.allCases)
  func looksTheSameAsBeforeAsText(_ example: PlanCase) throws {
    let text = try render(plan: example.plan, digest: nil, format: .text, style: .plain)
    try expectSnapshot(text, "plan-\(example).txt")
    #expect(!text.unicodeScalars.contains { $0 != "\n" && $0.value < 0x20 })
    #expect(!text.split(separator: "\n").contains { $0.hasSuffix(" ") })
  }

  @Test(arguments: PlanCase.allCases)
  func looksTheSameAsBeforeAsMarkdown(_ example: PlanCase) throws {
    let text = try render(plan: example.plan, digest: digest, format: .markdown, style: .plain)
    try expectSnapshot(text, "plan-\(example).md")
    #expect(text.hasPrefix("<!-- weir plan prod -->\n**"))
  }

  @Test(arguments: PlanCase.allCases)
  func isReadBackFromJSON(_ example: PlanCase) throws {
    let text = try render(plan: example.plan, digest: digest, format: .json, style: .plain)
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    #expect(try decoder.decode(Plan.self, from: Data(text.utf8)) == example.plan)
    let members = try decoder.decode(Value.self, from: Data(text.utf8))
    #expect(members["digest"]?.string == digest)
    #expect(members["formatVersion"] == "1.0")
    #expect(!text.unicodeScalars.contains { $0.value == 0x202E || $0.value == 0x1B })
    if example == .design { try expectSnapshot(text, "plan-design.json") }
  }

  @Test(arguments: PlanCase.allCases)
  func isWellFormedHTML(_ example: PlanCase) throws {
    let text = try render(plan: example.plan, digest: digest, format: .html, style: .plain)
    #expect(unbalancedTag(in: text) == nil)
    #expect(!text.contains("<b>") && !text.contains("http://") && !text.contains("https:"))
    if [.design, .nasty, .everyAction].contains(example) {
      try expectSnapshot(text, "plan-\(example).html")
    }
  }

  @Test func showsColourOnlyWhereItIsAskedFor() throws {
    let style = TextStyle(colour: true, width: 100)
    let text = try render(plan: PlanCase.design.plan, digest: digest, format: .text, style: style)
    try expectSnapshot(text, "plan-design-colour.txt")
    let bare = text.replacing(/\u{1B}\[[0-9]+m/, with: "")
    let plain = try render(
      plan: PlanCase.design.plan, digest: digest, format: .text, style: .plain)
    #expect(bare == plain)
  }

  @Test func foldsIdenticalChanges() throws {
    let text = try render(plan: plan(logGroups(300)), digest: nil, format: .text, style: .plain)
    #expect(text.contains("/aws/lambda/worker-1 (x300)"))
    #expect(text.contains("-$225.00/mo"))
    #expect(text.split(separator: "\n").count < 10)
  }

  @Test func keepsCommentsBelowGitHubsLimit() throws {
    let changes = (1...5_000).map { number in
      change(
        .update, "logs/log-group", "/aws/lambda/worker-\(number)-@\(nastyName)",
        [field("retention", Value(number), 30, at: 4)], notes: [nastyName])
    }
    let problems = changes.map { PlanProblem(.refusedByAWS, $0.address, nastyName) }
    let text = try render(
      plan: plan(changes, problems: problems), digest: digest, format: .markdown, style: .plain)
    #expect(text.utf8.count < 65_536)
    #expect(text.contains("are left out"))
    let few = try render(
      plan: plan(Array(changes.prefix(200))), digest: digest, format: .markdown, style: .plain)
    #expect(few.utf8.count < 65_536)
    #expect(few.contains("worker-200-"))
    #expect(
      few.components(separatedBy: "<details>").count
        == few.components(separatedBy: "</details>").count)
  }

  @Test func fitsNarrowScreens() throws {
    let text = try render(
      plan: PlanCase.problems.plan, digest: nil, format: .text,
      style: TextStyle(colour: false, width: 60))
    try expectSnapshot(text, "plan-problems-narrow.txt")
  }
}
