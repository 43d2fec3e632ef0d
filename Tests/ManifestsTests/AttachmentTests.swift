import Foundation
import Testing

@testable import Manifests

@Suite struct AttachmentTests {
  @Test func namesTheJSONFilesThatManifestsName() {
    let files = [
      "manifests/a.yaml": """
      spec: {file: ../boards/web.json, name: x}
      ---
      spec:
        file: "with space.json"
      """,
      "b.yaml": "spec:\n  file: 'b.json'\n# file: other.txt\nprofile: no.json\n",
      "c.yaml": "spec: {file: ../../out.json}\n---\nspec: {file: .hidden/c.json}\n",
    ]
    #expect(
      PolicySource.attachedPaths(in: files.mapValues { Data($0.utf8) }) == [
        "boards/web.json", "manifests/with space.json", "b.json", "out.json",
      ])
  }

  @Test(
    arguments: [
      ("{\t\"a\":\t1}", "{ \"a\": 1}"),
      (#""\ud83d\ude80""#, #""\U0001f680""#),
      (#""\\ud83d\ude80 \\t""#, #""\\ud83d\ude80 \\t""#),
      (#""\ud83d""#, #""\ud83d""#),
      (#""\"#, #""\"#),
    ])
  func readsJSONAsYAML(json: String, yaml: String) {
    #expect(String(decoding: Manifests.yaml(ofJSON: Data(json.utf8)), as: UTF8.self) == yaml)
  }
}
