import Foundation
import GitStorage
import TestSupport
import Testing

@Suite struct RemoteFailureTests {
  /// What each of the three calls throws.
  private func failures(_ fixture: RemoteFixture, _ repository: GitRepository, _ remote: String)
    async throws -> [GitError]
  {
    let id = try await fixture.commit(repository, "1", after: nil)
    return [
      await gitError { try await repository.fetch("weir/prod", from: remote) },
      await gitError { try await repository.remoteTip(of: "weir/prod", at: remote) },
      await gitError {
        try await repository.push(id, to: "weir/prod", of: remote, expecting: nil)
      },
    ]
  }

  @Test(arguments: ["nowhere", "remote.git", "--upload-pack=x", "../remote.git", ""])
  func saysThatThereIsNoSuchRemote(remote: String) async throws {
    let fixture = try RemoteFixture()
    let errors = try await failures(fixture, fixture.clone("one"), remote)
    #expect(errors.map(\.code) == [.notFound, .notFound, .notFound])
  }

  @Test func saysThatTheRemoteHasNoRepository() async throws {
    let fixture = try RemoteFixture()
    let one = try fixture.clone("one", origin: fixture.directory.path + "/missing.git")
    let errors = try await failures(fixture, one, "origin")
    #expect(errors.map(\.code) == [.noRepository, .noRepository, .noRepository])
    #expect(errors[0].message.contains("missing.git' does not appear to be a git repository"))
  }

  @Test(arguments: ["http", "git", "ssh"])
  func saysThatTheHostCannotBeReached(scheme: String) async throws {
    let fixture = try RemoteFixture()
    let port = LoopbackListener.unusedPort()
    let one = try fixture.clone(
      "one", origin: "\(scheme)://bob:geheim@127.0.0.1:\(port)/x.git?token=geheim")
    let errors = try await failures(fixture, one, "origin")
    #expect(errors.map(\.code) == [.network, .network, .network], "\(errors)")
    #expect(!errors.contains { $0.description.contains("geheim") }, "\(errors)")
  }

  @Test(arguments: ["401 Unauthorized", "403 Forbidden"])
  func saysThatTheRemoteRefusesUs(status: String) async throws {
    let fixture = try RemoteFixture()
    let server = LoopbackListener(
      answer: "HTTP/1.1 \(status)\r\nWWW-Authenticate: Basic realm=\"x\"\r\n"
        + "Content-Length: 0\r\nConnection: close\r\n\r\n")
    for user in ["", "bob:geheim@"] {
      let one = try fixture.clone(
        "one\(user.count)", origin: "http://\(user)\(server.address)/x.git")
      let errors = try await failures(fixture, one, "origin")
      #expect(errors.map(\.code) == [.auth, .auth, .auth], "\(errors)")
      #expect(!errors.contains { $0.description.contains("geheim") }, "\(errors)")
    }
  }

  @Test func usesTheHeaderThatActionsCheckoutSets() async throws {
    let fixture = try RemoteFixture()
    let server = LoopbackListener(
      answer: "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    let one = try fixture.clone("one", origin: "http://\(server.address)/x.git")
    try fixture.directory.git(
      "config", "http.http://\(server.address)/.extraHeader", "AUTHORIZATION: basic geheim",
      in: "one")
    let error = await gitError { try await one.fetch("weir/prod", from: "origin") }
    #expect(error.code == .auth)
    #expect(server.requests.contains { $0.contains("AUTHORIZATION: basic geheim") })
    #expect(!error.description.contains("geheim"))
  }

  @Test func asksTheCredentialHelper() async throws {
    let fixture = try RemoteFixture()
    let server = LoopbackListener(
      answer: "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\n"
        + "Content-Length: 0\r\nConnection: close\r\n\r\n")
    let one = try fixture.clone("one", origin: "http://\(server.address)/x.git")
    try fixture.directory.git(
      "config", "credential.helper", "!f() { echo username=u; echo password=p; }; f", in: "one")
    #expect(await gitError { try await one.fetch("weir/prod", from: "origin") }.code == .auth)
    #expect(server.requests.contains { $0.contains("Authorization: Basic dTpw") })
  }

  @Test(.timeLimit(.minutes(10)), arguments: ["http", "git"])
  func givesUpOnARemoteThatHangs(scheme: String) async throws {
    let fixture = try RemoteFixture()
    let server = LoopbackListener(answer: nil)
    let one = try fixture.clone(
      "one", origin: "\(scheme)://\(server.address)/x.git", timeout: .seconds(2))
    let errors = try await failures(fixture, one, "origin")
    #expect(errors.map(\.code) == [.network, .network, .network])
    #expect(errors.allSatisfy { $0.message == "timed out after 2.0 seconds" }, "\(errors)")
  }

  @Test func endsTheProgramThatDoesNotWantToEnd() async throws {
    let fixture = try RemoteFixture()
    try fixture.script(
      "case $1 in --version) echo git version 2.39.5;; "
        + "*) trap '' TERM; echo $$ > '\(fixture.directory.path)/pid'; while :; do sleep 0.1; done;; esac",
      at: "bin/git")
    _ = try fixture.clone("one")
    let one = try fixture.open(
      "one", timeout: .seconds(10),
      environment: ["PATH": fixture.directory.path + "/bin:/usr/bin:/bin"])
    let error = await gitError { try await one.fetch("weir/prod", from: "origin") }
    #expect(error.code == .network)
    let text = try String(contentsOfFile: fixture.directory.path + "/pid", encoding: .utf8)
    let process = try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(kill(process, 0) == -1)
  }

  @Test func endsWithItsTask() async throws {
    let fixture = try RemoteFixture()
    let server = LoopbackListener(answer: nil)
    let one = try fixture.clone("one", origin: "git://\(server.address)/x.git")
    let task = Task { await gitError { try await one.fetch("weir/prod", from: "origin") } }
    while server.requests.isEmpty { await Task.yield() }
    // Meanwhile the repository can be read.
    #expect(try await one.head() != nil)
    task.cancel()
    #expect(await task.value.code == .cancelled)
  }

  @Test(arguments: [
    ("", "there is no git on the path"), ("echo git version 2.29.9", "2.30 or later is needed"),
    ("echo hello", "does not say its version"), ("exit 3", "does not say its version"),
    ("/usr/bin/head -c 2000000 /dev/zero", "printed more than"),
  ])
  func saysWhatIsWrongWithTheProgram(script: String, message: String) async throws {
    let fixture = try RemoteFixture()
    _ = try fixture.clone("one")
    if !script.isEmpty { try fixture.script(script, at: "bin/git") }
    // A relative directory of the path is passed by: policies of others lie in the working directory.
    let one = try fixture.open(
      "one", environment: ["PATH": ".:\(fixture.directory.path)/bin"])
    let error = await gitError { try await one.fetch("weir/prod", from: "origin") }
    #expect(error.code == .noProgram || message.hasPrefix("printed"), "\(error)")
    #expect(error.message.contains(message), "\(error)")
  }

  @Test func readsButCannotPushToAReadOnlyRemote() async throws {
    let fixture = try RemoteFixture()
    let writer = try fixture.clone("writer")
    let first = try await fixture.commit(writer, "1", after: nil)
    try await writer.push(first, to: "weir/prod", of: "origin", expecting: nil)
    let daemon = try GitDaemon(serving: fixture.directory.path, allowsPush: false)
    defer { withExtendedLifetime(daemon) {} }
    let reader = try fixture.clone("reader", origin: daemon.url("remote.git"))
    #expect(try await reader.fetch("weir/prod", from: "origin") == first)
    let second = try await fixture.commit(reader, "2", after: first)
    let error = await gitError {
      try await reader.push(second, to: "weir/prod", of: "origin", expecting: first)
    }
    #expect(error.code == .auth, "\(error)")
    #expect(fixture.remoteTip() == first)
  }

  @Test func repeatsThatAFileRemoteCannotBeWritten() async throws {
    let fixture = try RemoteFixture()
    let one = try fixture.clone("one")
    let first = try await fixture.commit(one, "1", after: nil)
    // A file in the way stops root too, whom permissions do not.
    try FileManager.default.removeItem(atPath: fixture.remotePath + "/refs/heads")
    try fixture.directory.write("", to: "remote.git/refs/heads")
    let error = await gitError {
      try await one.push(first, to: "weir/prod", of: "origin", expecting: nil)
    }
    #expect(error.code == .rejected || error.code == .noRepository, "\(error)")
  }
}
