import Foundation
import Testing

/// Several machines share the state through one Git remote.
@Suite("Remotes")
struct RemoteTests {
  private let apply = ["apply", "--env", "prod", "--auto-approve", "--quiet"]

  @Test("what one machine applies, another sees and takes back")
  func twoMachines() async throws {
    let scene = try await Scene()
    let before = try await scene.aws("aws.picture()")
    let remote = try await SharedRemote(scene)
    let (ada, bob) = (try await remote.clone("ada"), try await remote.clone("bob"))
    try await scene.weir(apply, in: ada)
    let history = try await scene.weir("history", "--env", "prod", in: bob)
    #expect(history.output.contains("5 created, 3 changed"))
    let status = try await scene.weir("status", "--env", "prod", in: bob)
    #expect(status.output.contains("ada"))
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", in: bob)
    try await scene.weir("rollback", "--env", "prod", "--auto-approve", "--quiet", in: bob)
    expectSame(try await scene.aws("aws.picture()"), before)
    let told = try await scene.weir("history", "--env", "prod", "--format", "json", in: ada)
    let actors = try await scene.aws(
      "[e['actor'].split(',')[0] for e in json.loads(text)['entries']]", text: told.output)
    #expect(actors == #"["bob", "ada"]"#)
    try await scene.weir(apply, in: ada)
    #expect(try await remote.subjects("weir/prod").count == 6)
    #expect(try await remote.git("fsck", "--strict", "--no-dangling") == "")
  }

  @Test("over HTTP the token of a credential helper is used, and without it nothing is applied")
  func token() async throws {
    let scene = try await Scene()
    let remote = try await SharedRemote(scene)
    let url = try await remote.serve(token: "hidden-token")
    let (ada, bob) = (try await remote.clone("ada"), try await remote.clone("bob"))
    for clone in [ada, bob] {
      try await scene.repository.git("-C", clone, "remote", "set-url", "origin", url)
    }
    let helper = "!f() { echo username=ci; echo password=hidden-token; }; f"
    try await scene.repository.git("-C", ada, "config", "credential.helper", helper)
    try await scene.weir(apply, exit: 1, in: bob)
    #expect(try await scene.account.writes() == [])
    let result = try await scene.weir(apply + ["--verbose"], in: ada)
    #expect(!(result.output + result.errors).contains("hidden-"))
    #expect(
      try await remote.subjects("weir/prod") == ["prod 1: 5 created, 3 changed", "prod 1: begin"])
    try await scene.weir("rollback", "--env", "prod", "--auto-approve", "--quiet", in: ada)
    #expect(try await remote.subjects("weir/prod").count == 4)
  }

  @Test("over TLS Git's own trust decides, said in its configuration or the environment")
  func tls() async throws {
    let scene = try await Scene()
    let remote = try await SharedRemote(scene)
    let authority = try await SharedRemote.Certificate(in: scene.repository.folder)
    let url = try await remote.serve(token: "hidden-token", certificate: authority)
    let clones = [try await remote.clone("ada"), try await remote.clone("bob")]
    let (ada, bob) = (clones[0], clones[1])
    let git = scene.repository
    let helper = "!f() { echo username=ci; echo password=hidden-token; }; f"
    for clone in clones {
      try await git.git("-C", clone, "remote", "set-url", "origin", url)
      try await git.git("-C", clone, "config", "credential.helper", helper)
    }
    // Nobody has said that this authority is to be trusted.
    for command in [["plan", "--env", "prod"], apply] {
      let refused = try await scene.weir(command, exit: 1, in: ada)
      #expect(refused.errors.contains("certificate of the Git remote is not trusted"))
      #expect(refused.errors.contains("http.sslCAInfo"))
      #expect(!refused.errors.contains("hidden-"))
    }
    #expect(try await scene.account.writes() == [])
    #expect(try await remote.git("for-each-ref", "refs/heads/weir") == "")
    // The authority is right, and the token is not.
    try await git.git("-C", ada, "config", "http.sslCAInfo", authority.file)
    try await git.git(
      "-C", ada, "config", "credential.helper", helper.replacing("-token", with: "-x"))
    let denied = try await scene.weir(apply, exit: 1, in: ada)
    #expect(denied.errors.contains("wants other credentials"), "\(denied.errors)")
    #expect(try await scene.account.writes() == [])
    try await git.git("-C", ada, "config", "credential.helper", helper)
    let result = try await scene.weir(apply + ["--verbose"], in: ada)
    #expect(!(result.output + result.errors).contains("hidden-"))
    #expect(
      try await remote.subjects("weir/prod") == ["prod 1: 5 created, 3 changed", "prod 1: begin"])
    try await scene.weir(
      "rollback", "--env", "prod", "--auto-approve", "--quiet", in: bob,
      variables: ["GIT_SSL_CAINFO": authority.file])
    #expect(try await remote.subjects("weir/prod").count == 4)
  }

  @Test("over ssh it is reached as Git is told to reach it")
  func ssh() async throws {
    let scene = try await Scene()
    let remote = try await SharedRemote(scene)
    let ada = try await remote.clone("ada")
    // In the place of ssh: does here what it is to do there, and notes where that was.
    let program = scene.repository.folder.appending(path: "ssh").path()
    let notes = scene.repository.folder.appending(path: "hosts").path()
    let script = """
      #!/bin/sh
      while [ $# -gt 2 ]; do shift; done
      echo "$1" >>\(notes)
      exec sh -c "$2"

      """
    try await writeProgram(script, at: program)
    let git = scene.repository
    try await git.git("-C", ada, "remote", "set-url", "origin", "ci@git.example:\(remote.path)")
    try await scene.weir(apply, in: ada, variables: ["GIT_SSH": program, "GIT_SSH_VARIANT": "ssh"])
    #expect(try await remote.subjects("weir/prod").count == 2)
    try await git.git("-C", ada, "config", "core.sshCommand", program)
    try await git.git("-C", ada, "config", "ssh.variant", "ssh")
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", in: ada)
    let hosts = try String(contentsOfFile: notes, encoding: .utf8).split(separator: "\n")
    #expect(Set(hosts) == ["ci@git.example"])
  }

  @Test("where the remote is away, a plan is made and nothing is applied")
  func awayBefore() async throws {
    let scene = try await Scene()
    let remote = try await SharedRemote(scene)
    let ada = try await remote.clone("ada")
    for url in [remote.path, "git://127.0.0.1:1/remote.git"] {
      try await scene.repository.git("-C", ada, "remote", "set-url", "origin", url)
      if url == remote.path { try remote.hide() }
      try await scene.account.forgetRequests()
      let result = try await scene.weir(apply, exit: 1, in: ada)
      #expect(result.errors.contains(url == remote.path ? "git remote -v" : "cannot be reached"))
      #expect(try await scene.account.writes() == [])
      if url == remote.path { try remote.show() }
    }
    let plan = try await scene.weir(
      "plan", "--env", "prod", "--detailed-exitcode", exit: 2, in: ada)
    #expect(plan.errors.contains("cannot be reached"))
    #expect(try await scene.account.writes() == [])
  }

  @Test("where the remote goes away meanwhile, the end waits, is told of, and is pushed first")
  func awayAfter() async throws {
    let scene = try await Scene()
    let remote = try await SharedRemote(scene)
    let ada = try await remote.clone("ada")
    try await applyWhileItGoesAway(scene, remote, in: ada)
    for command in ["status", "history", "plan"] {
      let result = try await scene.weir(command, "--env", "prod", in: ada)
      #expect(result.errors.contains("cannot be reached"), "\(command): \(result.errors)")
    }
    try await scene.account.forgetRequests()
    try await scene.weir("rollback", "--env", "prod", "--auto-approve", exit: 1, in: ada)
    #expect(try await scene.account.writes() == [])
    try remote.show()
    let status = try await scene.weir("status", "--env", "prod", in: ada)
    #expect(status.errors.contains("has been pushed to origin"), "\(status.errors)")
    #expect(try await remote.subjects("weir/prod").first == "prod 1: 5 created, 3 changed")
    let bob = try await remote.clone("bob")
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", in: bob)
  }

  /// An apply whose remote is gone when it ends.
  private func applyWhileItGoesAway(_ scene: Scene, _ remote: SharedRemote, in directory: String)
    async throws
  {
    try await scene.account.hold("ssm", "PutParameter")
    let run = try scene.start(apply, in: directory)
    try await scene.waitForRequest("ssm PutParameter")
    try remote.hide()
    try await scene.account.clearFaults()
    let result = await run.result()
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.errors.contains("not pushed to origin yet"), "\(result.errors)")
  }

  @Test("an end that waited too long gives way to a recovery made elsewhere, and is kept")
  func overtaken() async throws {
    let scene = try await Scene()
    let remote = try await SharedRemote(scene)
    let (ada, bob) = (try await remote.clone("ada"), try await remote.clone("bob"))
    try await applyWhileItGoesAway(scene, remote, in: ada)
    try remote.show()
    let waiting = try await scene.repository.git("-C", ada, "rev-parse", "weir/prod")
    let recover = ["recover", "--env", "prod", "--finish", "--auto-approve", "--quiet"]
    let refused = try await scene.weir(recover, exit: 5, in: bob)
    #expect(refused.errors.contains("ada"), "\(refused.errors)")
    try await scene.weir("unlock", "--env", "prod", exit: 64, in: bob)
    try await scene.weir("unlock", "--env", "prod", "2", exit: 1, in: bob)
    try await scene.weir("unlock", "--env", "prod", "1", in: bob)
    // An expired lease lets nobody begin: what is open is recovered first.
    try await scene.weir(apply, exit: 5, in: bob)
    try await scene.weir(recover, in: bob)
    let status = try await scene.weir("status", "--env", "prod", in: ada)
    #expect(status.errors.contains("recovered by somebody else"), "\(status.errors)")
    let kept = try await scene.repository.git(
      "-C", ada, "for-each-ref", "--format=%(objectname)", "refs/weir/prod/overtaken")
    #expect(kept == waiting)
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", in: ada)
    #expect(try await remote.git("fsck", "--strict", "--no-dangling") == "")
  }

  @Test("who comes second is locked out, and finds nothing left to do")
  func second() async throws {
    let scene = try await Scene()
    let remote = try await SharedRemote(scene)
    let (ada, bob) = (try await remote.clone("ada"), try await remote.clone("bob"))
    // Bob has read the state and waits for AWS when Ada begins.
    try await scene.account.hold("sts", "GetCallerIdentity")
    let late = try scene.start(apply, in: bob)
    try await scene.waitForRequest("sts GetCallerIdentity")
    try await scene.account.hold("ssm", "PutParameter")
    let first = try scene.start(apply, in: ada)
    try await scene.waitForRequest("ssm PutParameter")
    try await scene.account.clearFaults("GetCallerIdentity")
    let result = await late.result()
    #expect([4, 5].contains(result.code), "\(result.errors)")
    try await scene.account.clearFaults()
    #expect(await first.result().code == 0)
    #expect(
      try await remote.subjects("weir/prod") == ["prod 1: 5 created, 3 changed", "prod 1: begin"])
    try await scene.account.forgetRequests()
    try await scene.weir(apply, in: bob)
    #expect(try await scene.account.writes() == [])
  }

  @Test("a remote that refuses pushes is told in its words, and nothing is applied")
  func refused() async throws {
    let scene = try await Scene()
    let remote = try await SharedRemote(scene)
    let ada = try await remote.clone("ada")
    try await remote.refusePushes("only CI pushes here")
    let plan = try await scene.weir(
      "plan", "--env", "prod", "--detailed-exitcode", exit: 2, in: ada)
    #expect(plan.errors == "")
    let result = try await scene.weir(apply, exit: 1, in: ada)
    #expect(result.errors.contains("only CI pushes here"), "\(result.errors)")
    #expect(try await scene.account.writes() == [])
    #expect(try await remote.git("for-each-ref", "refs/heads/weir") == "")
  }

  @Test("a plan needs no lease while somebody else applies")
  func planMeanwhile() async throws {
    let scene = try await Scene()
    let remote = try await SharedRemote(scene)
    let (ada, bob) = (try await remote.clone("ada"), try await remote.clone("bob"))
    try await scene.account.hold("ssm", "PutParameter")
    let run = try scene.start(apply, in: ada)
    try await scene.waitForRequest("ssm PutParameter")
    let tip = try await remote.git("rev-parse", "weir/prod")
    let plan = try await scene.weir("plan", "--env", "prod", in: bob)
    #expect(plan.errors.contains("ada"), "\(plan.errors)")
    #expect(try await remote.git("rev-parse", "weir/prod") == tip)
    try await scene.account.clearFaults()
    #expect(await run.result().code == 0)
  }

  @Test("a lease that has expired is taken over through recover only")
  func expired() async throws {
    let scene = try await Scene()
    let remote = try await SharedRemote(scene)
    let (ada, bob) = (try await remote.clone("ada"), try await remote.clone("bob"))
    try await scene.account.fault("hang", "ssm", "PutParameter", seconds: 20)
    let run = try scene.start(apply, in: ada)
    try await scene.waitForRequest("ssm PutParameter", fault: "hang")
    run.send(SIGKILL)
    _ = await run.result()
    try await scene.account.clearFaults()
    let recover = ["recover", "--env", "prod", "--finish", "--auto-approve", "--quiet"]
    try await scene.weir(recover, exit: 5, in: bob)
    // A day later, by the clock.
    let later = try await Preload(.clock(86_400), at: 1)
    try await scene.weir(apply, exit: 5, in: bob, variables: later.variables)
    try await scene.weir(recover, in: bob, variables: later.variables)
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode", in: bob)
  }
}
