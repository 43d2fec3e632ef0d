import Foundation
import GitStorage
import Testing

@Suite struct StateLockTests {
  @Test func isHeldAgainstAnotherProcess() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/weir/prod/lock"
    do {
      let lock = try EnvironmentLock(gitDirectory: directory.path, environment: "prod")
      #expect(try flock(path) == 1)
      _ = consume lock
    }
    #expect(try flock(path) == 0)
  }

  @Test func isRefusedWhileAnotherProcessHoldsIt() throws {
    let directory = try TemporaryDirectory()
    try directory.write("", to: "weir/prod/lock")
    let other = Process()
    other.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    other.arguments = [
      // Without a fork there is one process that holds it, the one that is killed below.
      "flock", "-n", "-F", directory.path + "/weir/prod/lock", "sh", "-c", "echo held; read line",
    ]
    let (input, output) = (Pipe(), Pipe())
    other.standardInput = input
    other.standardOutput = output
    try other.run()
    #expect(output.fileHandleForReading.availableData == Data("held\n".utf8))
    let error = #expect(throws: GitError.self) {
      let lock = try EnvironmentLock(gitDirectory: directory.path, environment: "prod")
      _ = consume lock
    }
    #expect(error?.code == .locked)
    let elsewhere = try EnvironmentLock(gitDirectory: directory.path, environment: "staging")
    _ = consume elsewhere
    // The kernel gives it back when the process ends, however it ends.
    kill(other.processIdentifier, SIGKILL)
    try input.fileHandleForWriting.close()
    other.waitUntilExit()
    let lock = try EnvironmentLock(gitDirectory: directory.path, environment: "prod")
    _ = consume lock
  }

  /// What `flock -n` says of a file: 0 where it is free.
  private func flock(_ path: String) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["flock", "-n", path, "true"]
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
