/// Runs a program on a pseudo-terminal, gives an answer to the question that it asks, and prints
/// all that was to be seen.
let terminalScript = #"""
  import os, pty, sys
  answer, program = sys.argv[1], sys.argv[2:]
  process, terminal = pty.fork()
  if process == 0:
      os.execv(program[0], program)
  seen, has_answered = b"", False
  while True:
      try:
          part = os.read(terminal, 4096)
      except OSError:
          break
      if not part:
          break
      seen += part
      if b"Only 'yes' goes on: " in seen and not has_answered:
          os.write(terminal, answer.encode() + b"\n")
          has_answered = True
  sys.stdout.write(seen.decode().replace("\r\n", "\n"))
  sys.stdout.flush()
  sys.exit(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
  """#
