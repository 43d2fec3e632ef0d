import CurlTransport
import Foundation

/// A server on 127.0.0.1 that speaks TLS, with a certificate of a CA that is made for it: Python's
/// standard library plays it, and the `openssl` command makes the CA.
///
/// `@unchecked Sendable` holds because nothing changes after `init`, and `Process` is used by the one
/// test that made the server.
final class TLSServer: @unchecked Sendable {
  /// Whether the tools are here.
  static let isAvailable = ["python3", "openssl"].allSatisfy { tool in
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    return folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(tool)") }
  }

  /// Its URL.
  let url: String
  /// The file of its CA.
  let caBundle: String
  private let folder: URL
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()

  /// A server that listens now. The behaviour is a fault of the second HTTP/2 request of a
  /// connection, or says what is spoken: see the script.
  static func start(_ behaviour: String) async throws -> TLSServer {
    try await aside { try TLSServer(behaviour) }
  }

  private init(_ behaviour: String) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "weir-tls-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let (key, certificate) = (folder.path + "/key.pem", folder.path + "/certificate.pem")
    caBundle = certificate
    let status = try Self.run([
      "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
      "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
      "/CN=weir test", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out",
      certificate,
    ])
    guard status == 0 else { throw CocoaError(.featureUnsupported) }
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, behaviour, certificate, key]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    // The first line is the port; the rest comes later.
    var port = ""
    while let byte = try output.fileHandleForReading.read(upToCount: 1), byte != Data([0x0A]) {
      port += String(decoding: byte, as: UTF8.self)
    }
    url = "https://127.0.0.1:\(port)/"
  }

  deinit {
    try? input.fileHandleForWriting.close()
    try? FileManager.default.removeItem(at: folder)
  }

  /// A transport that trusts this server's CA and no other.
  func transport(_ change: (inout CurlConfiguration) -> Void = { _ in }) -> CurlTransport {
    var configuration = CurlConfiguration.patient
    configuration.caBundle = caBundle
    change(&configuration)
    return CurlTransport(configuration: configuration)
  }

  /// Ends the server and tells what it has seen.
  func stop() async throws -> [String] {
    // Not a signal: threads of Dispatch block them, and their children inherit that.
    try input.fileHandleForWriting.close()
    let data = try await aside { [output, process] in
      defer { process.waitUntilExit() }
      return output.fileHandleForReading.readDataToEndOfFile()
    }
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private static func run(_ command: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}

/// Runs what blocks on a thread of its own, for the other tests' sake.
private func aside<Result: Sendable>(
  _ body: @escaping @Sendable () throws -> Result
) async throws -> Result {
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread {
      continuation.resume(with: Swift.Result { try body() })
    }
  }
}

/// Frames of RFC 9113 by hand: 0x88 is `:status: 200` in HPACK, 1 is HEADERS, 3 RST_STREAM, 4
/// SETTINGS, 7 GOAWAY; the errors are 7 REFUSED_STREAM and 13 HTTP_1_1_REQUIRED.
private let script = #"""
  import socket, ssl, struct, sys, threading, warnings
  warnings.simplefilter("ignore")
  behaviour, certificate, key = sys.argv[1:4]
  context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
  if behaviour == "tls1.1":
      context.set_ciphers("ALL:@SECLEVEL=0")
      context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
  if behaviour == "tls1.2":
      context.maximum_version = ssl.TLSVersion.TLSv1_2
  context.load_cert_chain(certificate, key)
  context.set_alpn_protocols(["http/1.1"] if behaviour in ("only1", "tls1.2", "tunnel") else ["h2", "http/1.1"])

  def say(text):
      sys.stdout.write(text + "\n")
      sys.stdout.flush()

  def frame(kind, flags, stream, payload=b""):
      return struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload

  def read(connection, count):
      data = b""
      while len(data) < count:
          more = connection.recv(count - len(data))
          if not more: raise EOFError
          data += more
      return data

  def serve1(connection):
      while True:
          head = b""
          while not head.endswith(b"\r\n\r\n"): head += read(connection, 1)
          say("request")
          if behaviour == "tunnel" and b"/again" in head: return
          connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

  def answer(connection, stream, number):
      if behaviour == "multiplex":
          # Answers come in pairs, so that a client with one stream at a time would wait for ever.
          waiting.append(stream)
          if len(waiting) < 2: return
          for stream in (waiting.pop(), waiting.pop()):
              connection.sendall(frame(1, 4, stream, b"\x88") + frame(0, 1, stream, b"ok"))
          return
      say("request %d" % number)
      if number == 2 and behaviour == "reset":
          connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
          return False
      elif number == 2 and behaviour == "refuse":
          connection.sendall(frame(3, 0, stream, struct.pack(">I", 7)))
      elif number == 2 and behaviour == "http1.1":
          connection.sendall(frame(3, 0, stream, struct.pack(">I", 13)))
      elif number == 2 and behaviour == "goaway":
          connection.sendall(frame(7, 0, 0, struct.pack(">II", stream - 2, 0)))
          return False
      elif number == 2 and behaviour == "truncate":
          connection.sendall(frame(1, 4, stream, b"\x88") + frame(0, 0, stream, b"half"))
          return False
      else:
          connection.sendall(frame(1, 4, stream, b"\x88") + frame(0, 1, stream, b"ok"))

  def serve2(connection):
      if behaviour == "multiplex": say("connection")
      read(connection, 24)
      connection.sendall(frame(4, 0, 0))
      number = 0
      while True:
          head = read(connection, 9)
          kind, flags, stream = head[3], head[4], struct.unpack(">I", head[5:])[0]
          read(connection, int.from_bytes(head[:3], "big"))
          if kind == 4 and not flags & 1:
              connection.sendall(frame(4, 1, 0))
          if kind in (0, 1) and flags & 1:
              number += 1
              if answer(connection, stream, number) is False: return

  def serve(plain):
      try:
          if behaviour == "tunnel":
              head = b""
              while not head.endswith(b"\r\n\r\n"): head += read(plain, 1)
              say(head.split(b"\r\n")[0].decode())
              plain.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
          with context.wrap_socket(plain, server_side=True) as connection:
              (serve2 if connection.selected_alpn_protocol() == "h2" else serve1)(connection)
      except (EOFError, OSError):
          pass

  waiting = []
  listener = socket.create_server(("127.0.0.1", 0))
  say(str(listener.getsockname()[1]))

  def accept():
      while True:
          threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()

  threading.Thread(target=accept, daemon=True).start()
  sys.stdin.read()
  """#
