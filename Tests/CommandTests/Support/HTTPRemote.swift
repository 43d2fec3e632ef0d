import Foundation

extension SharedRemote {
  /// Serves it over HTTP to who has the token; returns its URL.
  ///
  /// - Parameter certificate: with which it is served over TLS.
  func serve(token: String, certificate: Certificate? = nil) async throws -> String {
    try await git("config", "http.receivepack", "true")
    var variables = [
      "SERVED": URL(filePath: path).deletingLastPathComponent().path(), "SERVED_TOKEN": token,
    ]
    variables["SERVED_CERTIFICATE"] = certificate?.file
    variables["SERVED_KEY"] = certificate?.key
    let url = try await Sandbox.start(
      ["-c", httpRemoteScript], portFile: "http", folder: makeTemporaryDirectory("http"),
      variables: variables)
    return (certificate == nil ? url : url.replacing("http://", with: "https://")) + "/remote.git"
  }

  /// A certificate of an authority that nobody trusts who is not told to: it is its own.
  struct Certificate {
    let file: String
    let key: String

    /// Makes one for 127.0.0.1 in a folder.
    init(in folder: URL) async throws {
      file = folder.appending(path: "certificate.pem").path()
      key = folder.appending(path: "key.pem").path()
      let run = try ProgramRun(
        "/usr/bin/env",
        [
          "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
          "-nodes", "-days", "2", "-subj", "/CN=git.example", "-addext",
          "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", file,
        ], in: folder.path(), environment: plainEnvironment(home: folder.path()))
      let result = await run.result()
      guard result.code == 0 else { throw SandboxFailure(message: result.errors) }
    }
  }
}

/// Serves a bare repository over HTTP with `git http-backend`, to who has the token.
private let httpRemoteScript = #"""
  import base64, http.server, os, ssl, subprocess, sys, threading, time

  ROOT, TOKEN = os.environ["SERVED"], os.environ["SERVED_TOKEN"]
  WANTED = "Basic " + base64.b64encode(("ci:" + TOKEN).encode()).decode()

  class Handler(http.server.BaseHTTPRequestHandler):
      protocol_version = "HTTP/1.0"

      def log_message(self, *_):
          pass

      def finish(self):
          super().finish()
          if isinstance(self.request, ssl.SSLSocket):
              try:
                  self.request.unwrap()
              except OSError:
                  pass

      def serve(self):
          if self.headers.get("Authorization") != WANTED:
              self.send_response(401)
              self.send_header("WWW-Authenticate", 'Basic realm="git"')
              self.end_headers()
              return
          path, _, query = self.path.partition("?")
          body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
          variables = {
              "PATH": os.environ["PATH"], "GIT_PROJECT_ROOT": ROOT, "GIT_HTTP_EXPORT_ALL": "1",
              "PATH_INFO": path, "QUERY_STRING": query, "REQUEST_METHOD": self.command,
              "REMOTE_USER": "ci", "REMOTE_ADDR": "127.0.0.1", "CONTENT_LENGTH": str(len(body)),
              "CONTENT_TYPE": self.headers.get("Content-Type", ""),
              "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
              "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""), "GIT_CONFIG_NOSYSTEM": "1", "HOME": ROOT}
          answer = subprocess.run(
              ["git", "http-backend"], input=body, env=variables, stdout=subprocess.PIPE).stdout
          head, _, rest = answer.partition(b"\r\n\r\n")
          lines = [line.split(": ", 1) for line in head.decode().split("\r\n")]
          status = [value for name, value in lines if name == "Status"]
          self.send_response(int(status[0].split()[0]) if status else 200)
          for name, value in lines:
              if name != "Status":
                  self.send_header(name, value)
          self.end_headers()
          self.wfile.write(rest)

      do_GET = do_POST = serve

  server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
  server.daemon_threads = True
  if "SERVED_CERTIFICATE" in os.environ:
      context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
      context.load_cert_chain(os.environ["SERVED_CERTIFICATE"], os.environ["SERVED_KEY"])
      server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
  threading.Thread(target=server.serve_forever, daemon=True).start()
  path, parent = sys.argv[sys.argv.index("--port-file") + 1], os.getppid()
  with open(path, "w") as file:
      file.write(f"{server.server_address[1]}\n")
  while os.getppid() == parent:
      time.sleep(0.5)
  """#
