import Engine
import Model
import TestSupport
import Testing

@Suite("The least permissions")
struct LeastPermissionsTests {
  @Test("an action is told once, with all its resources")
  func mergesResources() {
    let merged = merged([
      IAMPermission(["a:Get"], on: ["x"]), IAMPermission(["a:Get"], on: ["y"]),
    ])
    #expect(merged == [IAMPermission(["a:Get"], on: ["x", "y"])])
  }

  @Test("what only some attributes take is left out where nothing asks for them")
  func leavesOutWhatNothingWrites() {
    var type = FakeResourceType("a/b", in: FakeCloud())
    type.attributesByAction = ["fake:write": ["state"]]
    func asked(_ attributes: [String: Set<String>]) -> [String] {
      leastPermissions(.write, on: ["a/b": ["x"]], writing: attributes, types: ["a/b": type])
        .flatMap(\.actions)
    }
    #expect(asked(["a/b": ["size"]]) == [])
    #expect(asked(["a/b": ["size", "state"]]) == ["fake:write"])
    #expect(asked([:]) == ["fake:write"])
  }

  @Test("actions on the same resources are one entry")
  func mergesActions() {
    let merged = merged([
      IAMPermission(["a:Put"], on: ["x"]), IAMPermission(["a:Get"], on: ["x"]),
    ])
    #expect(merged == [IAMPermission(["a:Get", "a:Put"], on: ["x"])])
  }

  @Test("what is allowed on everything names nothing else")
  func everythingIsAll() {
    let merged = merged([IAMPermission(["a:Get"], on: ["x"]), IAMPermission(["a:Get"])])
    #expect(merged == [IAMPermission(["a:Get"])])
  }

  @Test("another condition is another entry")
  func keepsConditions() {
    let merged = merged([
      IAMPermission(["a:Pass"], on: ["x"], where: ["to": "b"]),
      IAMPermission(["a:Pass"], on: ["x"], where: ["to": "c"]),
    ])
    #expect(merged.count == 2)
  }
}
