import Foundation
import Testing

/// What `make demo` shows, with the policy of examples/pythonide.
@Suite("The demo")
struct DemoTests {
  @Test("goes the whole road")
  func runs() async throws {
    let folder = try makeTemporaryDirectory("demo")
    defer { try? FileManager.default.removeItem(at: folder) }
    var environment = plainEnvironment(home: folder.path())
    environment["WEIR"] = Places.weir
    environment["TMPDIR"] = folder.path()
    let script = Places.checkout.appending(path: "Scripts/demo").path()
    let run = try ProgramRun(script, [], in: folder.path(), environment: environment)
    let result = await run.result()
    #expect(result.code == 0, "\(result.output)\(result.errors)")
    #expect(result.output.contains("rollback to serial 1: 1 changed"))
  }
}
