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
    #expect(members["formatVersion"] == "1.1")
    #expect(!text.unicodeScalars.contains { $0.value == 0x202E || $0.value == 0x1B })
    if [.design, .guarded].contains(example) {
      try expectSnapshot(text, "plan-\(example).json")
    }
  }

  @Test(arguments: PlanCase.allCases)
  func isWellFormedHTML(_ example: PlanCase) throws {
    let text = try render(plan: example.plan, digest: digest, format: .html, style: .plain)
    #expect(unbalancedTag(in: text) == nil)
    #expect(!text.contains("<b>") && !text.contains("http://") && !text.contains("https:"))
    if [.design, .nasty, .everyAction, .guarded].contains(example) {
      try expectSnapshot(text, "plan-\(example).html")
    }
  }

  @Test(arguments: PlanCase.allCases)
  func neverCutsAValue(_ example: PlanCase) throws {
    for format in [OutputFormat.text, .markdown, .html] {
      for width in [40, 80, 200] {
        let text = try render(
          plan: example.plan, digest: digest, format: format,
          style: TextStyle(colour: false, width: width))
        #expect(!text.contains("…"))
      }
    }
  }

  @Test func showsEveryWordOfLongValues() throws {
    let text = try render(
      plan: plan(partChanges), digest: nil, format: .text,
      style: TextStyle(colour: false, width: 60))
    func words(_ text: String) -> [Substring] { text.split { " :{}[],\n".contains($0) } }
    let shown = Set(words(text))
    for leaf in leaves(of: limits([2, 1, 5])) {
      #expect(words(leaf).allSatisfy(shown.contains), "\(leaf)")
    }
  }

  @Test func showsEveryByte() throws {
    let data = Data((0..<200).map { UInt8($0) })
    let archive = change(.create, "a/b", "c", [field("archive", nil, .bytes(data))])
    let text = try render(plan: plan([archive]), digest: nil, format: .text, style: .plain)
    let pieces = text.matches(of: /\n {8}\+ ([A-Za-z0-9+\/=]+)/).map { String($0.1) }
    #expect(pieces.joined() == data.base64EncodedString())
  }

  @Test func countsTheLinesThatACommentLeavesOut() throws {
    let document = Value.list((1...4_000).map { .string("the value of number \($0)") })
    let text = try render(
      plan: plan([change(.create, "ssm/parameter", "/a", [field("value", nil, document)])]),
      digest: nil, format: .markdown, style: .plain)
    #expect(text.utf8.count < 65_536)
    let left = try #require(text.firstMatch(of: /([0-9]+) more lines of details are left out/))
    let kept = text.matches(of: /\n +\+ the value of number/).count
    #expect(Int(left.1) == 4_000 - kept)
  }

  @Test func tellsLongListsApartWithinATimeThatIsBearable() throws {
    let (old, new) = (1...20_000, 20_001...40_000)
    let lists = [old, new].map { Value.list($0.map { Value($0) }) }
    let text = try render(
      plan: plan([change(.update, "a/b", "c", [field("list", lists[0], lists[1])])]), digest: nil,
      format: .text, style: .plain)
    #expect(text.contains("20000 elements removed, 20000 added"))
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

  @Test func tellsWhatManyChangesNoteOnce() throws {
    let common = "parked by Parking/night"
    var changes = (1...4).map { number in
      change(
        .update, "ec2/instance", "i-\(number)", [field("state", Value(number), "stopped")],
        notes: [common, "its volume \(number) stays"])
    }
    changes.append(change(.update, "rds/instance", "shop", [field("x", 1, 2)], notes: [common]))
    let text = try render(plan: plan(changes), digest: nil, format: .text, style: .plain)
    #expect(text.contains("Notes\n  i ec2/instance (x4), rds/instance (x1): \(common)\n"))
    #expect(text.matches(of: /parked by/).count == 1)
    #expect(text.matches(of: /note +its volume/).count == 4)
    let markdown = try render(plan: plan(changes), digest: nil, format: .markdown, style: .plain)
    #expect(markdown.matches(of: /parked by/).count == 1)
    let json = try render(plan: plan(changes), digest: nil, format: .json, style: .plain)
    #expect(json.matches(of: /parked by/).count == 5)
    // Where others of a type have it not, it stays with those that have it.
    changes.append(change(.update, "ec2/instance", "i-9", [field("x", 1, 2)]))
    let apart = try render(plan: plan(changes), digest: nil, format: .text, style: .plain)
    #expect(apart.matches(of: /note +parked by/).count == 5)
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

/// The texts of the keys and strings of a value.
private func leaves(of value: Value) -> [String] {
  switch value {
  case .map(let members): members.flatMap { [$0.key] + leaves(of: $0.value) }
  case .list(let elements): elements.flatMap(leaves)
  case .string(let text): text == "1.0" ? ["\"1.0\""] : [text]
  case .number(let number): [number.description]
  case .null, .bool, .bytes, .sensitive: []
  }
}
