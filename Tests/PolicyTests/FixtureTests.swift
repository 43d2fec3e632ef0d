import Foundation
import Manifests
import Policy
import Testing

@Suite struct FixtureTests {
  @Test(arguments: Fixture.all)
  func compilesAsRecorded(_ fixture: Fixture) throws {
    let outcome = try fixture.outcome()
    for suffix in ["json", "txt"] {
      let url = fixture.url(suffix)
      if ProcessInfo.processInfo.environment["RECORD"] != nil {
        try? FileManager.default.removeItem(at: url)
        try outcome[suffix]?.write(to: url, atomically: true, encoding: .utf8)
      }
      let recorded = try? String(contentsOf: url, encoding: .utf8)
      #expect(outcome[suffix] == recorded, "\(url.lastPathComponent) differs: RECORD=1 to update")
    }
  }

  @Test(arguments: allKinds.map { $0.schema.kind })
  func everyKindHasGoodAndBadFixtures(_ kind: String) throws {
    let fixtures = Fixture.fixtures(of: kind)
    let outcomes = try fixtures.map { try $0.outcome() }
    #expect(outcomes.contains { $0["json"] != nil }, "Fixtures/\(kind) lacks one that is right")
    #expect(outcomes.contains { $0["json"] == nil }, "Fixtures/\(kind) lacks one that is wrong")
  }

  @Test func everyFixtureFolderBelongsToAKind() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Fixture.folder.path())
    #expect(Set(folders) == Set(allKinds.map { $0.schema.kind }))
  }

  @Test(arguments: kindSchemas())
  func everyFieldIsDocumented(_ schema: KindSchema) {
    let summary = schema.doc.split(separator: "\n").first ?? ""
    #expect(summary.hasSuffix("."), "\(schema.kind) lacks a summary in its doc")
    #expect(schema.doc.contains("\n\n"), "\(schema.kind) does not say what it becomes")
    for (path, field) in fields(schema.spec, path: schema.kind) {
      #expect(field.doc.hasSuffix("."), "\(path) lacks a doc that is a sentence")
      #expect(field.doc.first?.isUppercase == true, "the doc of \(path) begins small")
    }
  }

  @Test(arguments: kindSchemas())
  func everyFieldIsInAFixture(_ schema: KindSchema) throws {
    let texts = try Fixture.fixtures(of: schema.kind).map {
      try String(contentsOf: $0.url("yaml"), encoding: .utf8)
    }.joined()
    for (path, field) in fields(schema.spec, path: schema.kind) {
      #expect(texts.contains("\(field.name):"), "no fixture has \(path)")
    }
  }

  private func fields(_ object: ObjectSchema, path: String) -> [(path: String, field: Field)] {
    object.fields.flatMap { field in
      let path = "\(path).\(field.name)"
      return [(path, field)] + (inner(field.type).map { fields($0, path: path) } ?? [])
    }
  }

  private func inner(_ type: FieldType) -> ObjectSchema? {
    switch type {
    case .object(let schema): schema
    case .list(let element, _), .map(let element): inner(element)
    default: nil
    }
  }
}
