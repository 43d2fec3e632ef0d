import Foundation
import Testing

/// How a command ends that is interrupted while it waits for credentials.
@Suite("Interrupted credentials")
struct CredentialInterruptTests {
  private static let nobody: [String: String?] = [
    "AWS_ACCESS_KEY_ID": nil, "AWS_SECRET_ACCESS_KEY": nil, "AWS_PROFILE": "work",
  ]

  @Test("an interrupt at the question for an MFA code gives the terminal its echo back")
  func prompt() async throws {
    let scene = try await Scene(seeded: false)
    try scene.repository.write(
      "../.aws/config",
      """
      [profile work]
      role_arn = arn:aws:iam::123456789012:role/x
      source_profile = base
      mfa_serial = arn:aws:iam::123456789012:mfa/ada
      [profile base]
      aws_access_key_id = AKIAIOSFODNN7EXAMPLE
      aws_secret_access_key = wJalrXUtnFEMI
      """)
    let run = try ProgramRun(
      Places.python, ["-c", interruptedPrompt, Places.weir, "plan", "--env", "prod"],
      in: scene.repository.root.path(),
      environment: scene.variables(Self.nobody))
    let result = await run.result()
    #expect(result.output == "1 silent, then echo\n", "\(result.errors)")
    #expect(result.errors.contains("error: interrupted"))
  }

  @Test("an interrupt ends the credential_process", arguments: [SIGINT, SIGTERM])
  func process(signal: Int32) async throws {
    let scene = try await Scene(seeded: false)
    let note = scene.repository.folder.appending(path: "process").path()
    try scene.repository.write(
      "../.aws/config",
      """
      [profile work]
      credential_process = sh -c 'echo $$ >"\(note).new"; mv "\(note).new" "\(note)"; exec sleep 900'
      """)
    let run = try scene.start(["plan", "--env", "prod"], variables: Self.nobody)
    try await scene.wait(for: "the credential_process") {
      FileManager.default.fileExists(atPath: note)
    }
    run.send(signal)
    let result = await run.result(within: 120)
    let text = try String(contentsOfFile: note, encoding: .utf8)
    let process = try #require(pid_t(text.trimmingCharacters(in: .newlines)))
    let isLeft = kill(process, SIGKILL) == 0
    // On a machine so slow that the command does not end cleanly within its second, it is ended.
    #expect(!isLeft || result.code == 130, "\(result.errors)")
    #expect([1, 130].contains(result.code), "\(result.errors)")
  }
}

/// Runs a program on a pseudo-terminal, presses Ctrl-C at its question, and says how it ended and how
/// the terminal was at the question and is afterwards.
private let interruptedPrompt = #"""
  import os, pty, sys, termios, threading
  master, slave = pty.openpty()  # kept open, so that its settings can be looked at in the end
  process = os.fork()
  if process == 0:
      os.login_tty(slave) if hasattr(os, "login_tty") else (
          os.setsid(), __import__("fcntl").ioctl(slave, termios.TIOCSCTTY, 0),
          [os.dup2(slave, number) for number in range(3)])
      os.execv(sys.argv[1], sys.argv[1:])
  looks = lambda: "echo" if termios.tcgetattr(slave)[3] & termios.ECHO else "silent"
  seen, before = b"", None
  while b"interrupted" not in seen.lower():
      seen += os.read(master, 4096)
      if b"MFA code" in seen and before is None:
          before = looks()
          os.write(master, b"\x03")
  code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
  print(code, before + ", then", looks())
  sys.stderr.write(seen.decode())
  """#
