import CurlTransport
import Foundation
import Testing

@testable import AWSClient

@Suite struct CredentialProcessTests {
  /// A home with a profile `p` whose program is a script. The shell reads it: a file that has just
  /// been written cannot always be run, because a process started meanwhile may still hold it.
  private func stage(
    _ script: String, arguments: String = "", by shell: String = "/bin/sh"
  ) throws -> CredentialStage {
    let stage = try CredentialStage(["AWS_PROFILE": "p"])
    let program = try stage.write(script + "\n", to: "a tool")
    try stage.write(
      "[profile p]\ncredential_process = \(shell) '\(program)' \(arguments)\n", to: ".aws/config")
    return stage
  }

  private static func json(_ document: String = CredentialAnswers.document(token: "SessionToken"))
    -> String
  {
    "cat <<'EOF'\n\(document)\nEOF"
  }

  @Test func runsTheProgram() async throws {
    let stage = try stage(
      "test \"$1|$2\" = 'a b|c$HOME' && test \"$MARK\" = set || exit 1\n" + Self.json(),
      arguments: #""a b" c\$HOME"#)
    stage.set("MARK", "set")
    let found = try await stage.find()
    #expect(found.accessKeyID == "ASIAGIVEN" && found.sessionToken == "S3CR3T-token")
    #expect(found.expiration == TestClient.now.addingTimeInterval(3600))
  }

  @Test func takesKeysWithoutEnd() async throws {
    let json = #"{"Version":1,"AccessKeyId":"AKIA","SecretAccessKey":"s"}"#
    let found = try await stage(Self.json(json)).find()
    #expect(found == Credentials(accessKeyID: "AKIA", secretAccessKey: "s"))
  }

  @Test(arguments: [
    ("echo S3CR3T >&2; echo S3CR3T; exit 3", "\"sh\" ended with status 3"),
    ("kill -9 $$", "was ended by signal 9"),
    ("echo S3CR3T", "is no JSON"),
    ("true", "is no JSON"),
    ("echo '[\"S3CR3T\"]'", "is no JSON object"),
    (#"echo '{"Version":2,"AccessKeyId":"S3CR3T"}'"#, "not of Version 1"),
    (#"echo '{"AccessKeyId":"S3CR3T","SecretAccessKey":"S3CR3T"}'"#, "not of Version 1"),
    (#"echo '{"Version":1,"AccessKeyId":"S3CR3T"}'"#, "has no SecretAccessKey"),
    (
      json(CredentialAnswers.document(token: "SessionToken", expiration: "2015-08-30T12:00:00Z")),
      "have already ended"
    ),
    ("head -c 3000000 /dev/zero", "prints too much"),
  ])
  func saysWhatFails(_ script: String, _ message: String) async throws {
    let (error, shown) = try await stage(script, arguments: "--password S3CR3T").failure()
    #expect(error?.code == "InvalidCredentials")
    #expect(error?.message.contains(message) == true, "\(shown)")
    #expect(!shown.contains("S3CR3T"))
  }

  @Test func saysThatItCannotBeRun() async throws {
    let (error, _) = try await stage("true", by: "").failure()
    #expect(error?.message.contains("\"a tool\" cannot be run: Permission denied") == true)
    let config = "[default]\ncredential_process = weir-no-such-tool"
    let missing = try await CredentialStage(config: config).failure()
    #expect(missing.error?.message.contains("\"weir-no-such-tool\" cannot be run: No such") == true)
    let open = try await CredentialStage(config: "[default]\ncredential_process = a 'b").failure()
    #expect(open.error?.message.contains("a quote in it does not end") == true)
  }

  // The second one closes its output and lives on.
  @Test(.timeLimit(.minutes(5)), arguments: ["exec sleep 600", "exec >&-; exec sleep 600"])
  func endsAProgramThatDoesNotEnd(script: String) async throws {
    let run = ProgramRun(
      program: "/bin/sh", arguments: ["-c", script], environment: ["PATH": "/usr/bin:/bin"],
      timeout: .milliseconds(200))
    await #expect(throws: ProgramRun.Failure.timedOut) { try await run.outcome() }
  }

  /// What a program leaves behind holds its output open; it is still there when we have gone on.
  @Test(.timeLimit(.minutes(5)), arguments: [true, false])
  func doesNotWaitForWhatAProgramLeavesRunning(programEnds: Bool) async throws {
    let stage = try stage("sleep 600 &\necho $! >\"$HOME/child\"\n" + Self.json())
    if programEnds {
      #expect(try await stage.find().accessKeyID == "ASIAGIVEN")
    } else {
      let script = "sleep 600 & echo $! >'\(stage.home)/child'; wait"
      let run = ProgramRun(
        program: "/bin/sh", arguments: ["-c", script], environment: ["PATH": "/usr/bin:/bin"],
        timeout: .seconds(5))
      await #expect(throws: ProgramRun.Failure.timedOut) { try await run.outcome() }
    }
    let child = try #require(pid_t(try stage.read("child").trimmingCharacters(in: .newlines)))
    #expect(kill(child, SIGKILL) == 0)
  }

  @Test func cancellationEndsTheProgram() async throws {
    let run = ProgramRun(
      program: "/bin/sh", arguments: ["-c", "exec sleep 600"],
      environment: ["PATH": "/usr/bin:/bin"], timeout: .seconds(600))
    let waiting = Task { try await run.outcome() }
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
  }

  @Test func isASourceOfRoles() async throws {
    let stage = try stage(Self.json())
    try stage.write(
      try stage.read(".aws/config") + """
        [profile r]
        role_arn = arn:aws:iam::123456789012:role/x
        source_profile = p
        """, to: ".aws/config")
    stage.set("AWS_PROFILE", "r")
    let transport = FakeTransport([.status(200, CredentialAnswers.sts())])
    #expect(try await stage.find(transport).accessKeyID == "ASIASTS")
    #expect(transport.requests[0].header("Authorization")?.contains("ASIAGIVEN/") == true)
  }

  @Test(
    arguments: [
      ("a b", ["a", "b"]), ("  a\t b\n", ["a", "b"]), (#"a 'b c' "d e""#, ["a", "b c", "d e"]),
      (#"a\ b"#, ["a b"]), (#"'a\b'"#, [#"a\b"#]), (#""a\b\"c\\""#, [#"a\b"c\"#]),
      ("a'b'\"c\"d", ["abcd"]), ("'' \"\"", ["", ""]), ("$HOME `x` *|;", ["$HOME", "`x`", "*|;"]),
      ("", []), ("'", nil), ("a\\", nil), ("\"a", nil),
    ] as [(String, [String]?)])
  func splitsCommands(_ line: String, _ words: [String]?) {
    #expect(CommandWords.split(line) == words)
  }
}
