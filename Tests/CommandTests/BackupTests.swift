import Foundation
import Testing

/// Copies of the state in S3, looked at with boto3.
@Suite("Backup")
struct BackupTests {
  /// A policy whose state is backed up to a bucket of its own.
  private func scene(_ more: String = "") async throws -> Scene {
    let scene = try await Scene()
    try await scene.aws(
      "aws('s3').create_bucket(Bucket='weir-' + aws.q['account'], "
        + "CreateBucketConfiguration={'LocationConstraint': 'us-east-2'})")
    try scene.repository.edit(
      "weir.yaml", "  guardrails:",
      "  state: {backup: {bucket: weir-\(scene.account.id), prefix: cost/ide\(more)}}\n"
        + "  guardrails:")
    for name in ["tasks", "exams", "data"] {
      try scene.repository.remove("manifests/\(name).yaml")
    }
    try await scene.repository.commit("Back up the state")
    return scene
  }

  private func apply(_ scene: Scene, budget: Int? = nil, exit: Int32 = 0) async throws
    -> ProgramResult
  {
    if let budget {
      let text = try scene.repository.read("manifests/budget.yaml")
      try scene.repository.write(
        "manifests/budget.yaml",
        text.replacingOccurrences(
          of: #"limit: \d+ USD"#, with: "limit: \(budget) USD", options: .regularExpression))
      try await scene.repository.commit("The budget is \(budget)")
    }
    return try await scene.weir(
      "apply", "--env", "prod", "--auto-approve", exit: exit, isQuiet: true)
  }

  /// A Python expression about an object of the backup.
  private func object(_ serial: Int, _ operation: String = "get") -> String {
    "aws('s3').\(operation)_object(Bucket='weir-' + aws.q['account'], "
      + "Key='cost/ide/prod/\(serial).json')"
  }

  private let keys =
    "[o['Key'] for o in aws('s3').list_objects_v2(Bucket='weir-' + aws.q['account'])"
    + ".get('Contents', [])]"

  @Test("every end commit is copied: encrypted, whole, as Git has it")
  func copies() async throws {
    let scene = try await scene()
    let applied = try await apply(scene)
    #expect(applied.errors.contains("/cost/ide/prod/: serial 1."))
    try await scene.weir("rollback", "--env", "prod", "--auto-approve")
    #expect(
      try await scene.aws(keys) == #"["cost/ide/prod/1.json", "cost/ide/prod/2.json"]"#)
    #expect(try await scene.aws(object(1, "head") + "['ServerSideEncryption']") == #""AES256""#)
    let copy = "json.loads(" + object(1) + "['Body'].read())"
    #expect(try await scene.aws(copy + "['serial']") == "1")
    let end = try await scene.repository.git(
      "log", "--format=%H", "--grep=Weir-Event: end", "weir/prod"
    )
    .split(separator: "\n")
    #expect(try await scene.aws(copy + "['commit']") == "\"\(end[1])\"")
    let budget = "resources/budgets/budget/pythonide-monthly.json"
    let inGit = try await scene.repository.git("show", "\(end[1]):\(budget)")
    #expect(
      try await scene.aws("\(copy)['files']['\(budget)'] == text + chr(10)", text: inGit) == "true")
    #expect(
      try await scene.aws("sorted(\(copy)['files'])") == """
        ["reports/1.json", "reports/1.md", "resources/budgets/budget/pythonide-monthly.json", \
        "resources/ssm/parameter/%2Fdig%2Fturn%2Flimits.json", "snapshots/1.json", "state.json"]
        """)
    // The digest is that of the document without it, by another program's reckoning.
    #expect(
      try await scene.aws(
        "[raw := \(object(1))['Body'].read().decode(), d := json.loads(raw)['digest'], "
          + "'sha256:' + __import__('hashlib').sha256(raw.replace(d, '').encode()).hexdigest() == d]"
          + "[-1]") == "true")
    // An export of the same serial is the same.
    let export = try await scene.weir(
      "state", "export", "--env", "prod", "--serial", "1", isQuiet: true)
    #expect(
      try await scene.aws("\(object(1))['Body'].read().decode() == text", text: export.output)
        == "true")
    #expect(!export.output.contains("@"), "no subscriber's address is in it")
    try await scene.weir("state", "verify", "--env", "prod", "--backup")
    try await scene.expectSnapshot("backup")
  }

  @Test("a backup that fails is told, changes nothing, and is caught up with")
  func catchesUp() async throws {
    let scene = try await scene()
    _ = try await apply(scene)
    try await scene.account.fault("denied", "s3", "PutObject", times: nil)
    let failed = try await apply(scene, budget: 700)
    #expect(failed.errors.contains("warning: the state is not backed up"))
    #expect(failed.errors.contains("weir state backup"))
    try await scene.weir("status", "--env", "prod", "--backup")
    try await scene.weir("state", "verify", "--env", "prod", "--backup", exit: 1)
    try await scene.weir("state", "backup", "--env", "prod", exit: 1)
    try await scene.account.clearFaults()
    let later = try await apply(scene, budget: 600)
    #expect(later.errors.contains("serials 2, 3."))
    try await scene.weir("state", "verify", "--env", "prod", "--backup")
    try await scene.weir("state", "backup", "--env", "prod")
    try await scene.expectSnapshot("backup-behind")
  }

  @Test("the same serial of another state is told loudly and left as it is")
  func otherState() async throws {
    let scene = try await scene()
    let put = object(1, "put").dropLast() + ", Body=b'mine')"
    try await scene.aws(String(put))
    let result = try await apply(scene)
    #expect(result.errors.contains("warning: the state is not backed up"))
    #expect(try await scene.aws(object(1) + "['Body'].read().decode()") == #""mine""#)
    try await scene.weir("state", "verify", "--env", "prod", "--backup", exit: 1)
    let other = try await self.scene()
    _ = try await apply(other, budget: 555)
    let foreign = try await other.aws(object(1) + "['Body'].read().decode()")
    try await scene.aws(
      String(object(1, "put").dropLast()) + ", Body=json.loads(text).encode())", text: foreign)
    let loud = try await scene.weir("state", "backup", "--env", "prod", exit: 1)
    #expect(loud.errors.contains("WARNING:") && loud.errors.contains("another state of serial 1"))
    let verified = try await scene.weir("state", "verify", "--env", "prod", "--backup", exit: 1)
    #expect(verified.output.contains("its serial 1 is not the one of the branch"))
  }

  @Test("a key of KMS is used where one is named")
  func key() async throws {
    let scene = try await scene(", kmsKey: alias/weir")
    _ = try await apply(scene)
    #expect(
      try await scene.aws(
        "[o := \(object(1, "head")), o['ServerSideEncryption'], o['SSEKMSKeyId']][1:]")
        == #"["aws:kms", "alias/weir"]"#)
  }

  @Test("a retry whose first try arrived is no other state")
  func lostAnswer() async throws {
    let scene = try await scene()
    try await scene.account.fault("reset", "s3", "PutObject", when: "after")
    let result = try await apply(scene)
    #expect(!result.errors.lowercased().contains("warning"))
    #expect(try await scene.aws(keys) == #"["cost/ide/prod/1.json"]"#)
  }

  @Test("a branch that is gone comes back from the backup")
  func lost() async throws {
    let scene = try await scene()
    _ = try await apply(scene)
    _ = try await apply(scene, budget: 700)
    try await scene.repository.git("update-ref", "-d", "refs/heads/weir/prod")
    try await scene.weir("state", "verify", "--env", "prod", "--backup", exit: 1)
    try await scene.weir("state", "restore", "--from-backup", "--env", "prod", exit: 1)
    #expect(try await scene.repository.tip("weir/prod") == "")
    try await scene.weir("state", "restore", "--from-backup", "--env", "prod", "--auto-approve")
    try await scene.weir("plan", "--env", "prod", "--detailed-exitcode")
    try await scene.weir("history", "--env", "prod")
    try await scene.weir("show", "3", "--env", "prod")
    try await scene.weir("state", "verify", "--env", "prod", "--backup", exit: 0)
    try await scene.weir("rollback", "--env", "prod", "--auto-approve", exit: 1)
    // From there on all is as ever.
    _ = try await apply(scene, budget: 650)
    try await scene.weir("rollback", "--env", "prod", "--auto-approve")
    #expect(try await scene.aws("aws.limit()") == #""700""#)
    #expect(
      try await scene.aws(keys + " + ['']") == """
        ["cost/ide/prod/1.json", "cost/ide/prod/2.json", "cost/ide/prod/3.json", \
        "cost/ide/prod/4.json", "cost/ide/prod/5.json", ""]
        """)
    try await scene.expectSnapshot("restored-from-backup")
  }

  @Test("an older serial comes back after those that the backup has")
  func older() async throws {
    let scene = try await scene()
    _ = try await apply(scene)
    _ = try await apply(scene, budget: 700)
    try await scene.repository.git("update-ref", "-d", "refs/heads/weir/prod")
    try await scene.weir(
      "state", "restore", "--from-backup", "--serial", "9", "--env", "prod", "--auto-approve",
      exit: 1)
    let result = try await scene.weir(
      "state", "restore", "--from-backup", "--serial", "1", "--env", "prod", "--auto-approve")
    #expect(result.output.contains("to serial 1, as serial 3"))
    // What AWS holds is drift then, and shown.
    let plan = try await scene.weir("plan", "--env", "prod", "--format", "json", isQuiet: true)
    #expect(
      try await scene.aws("len(json.loads(text)['refreshed'])", text: plan.output) == "1")
  }
}
