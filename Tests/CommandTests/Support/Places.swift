import Foundation

/// Where the parts that the tests work with lie.
enum Places {
  /// The folder of these tests.
  static let tests = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
  /// The checkout, links followed.
  static let checkout = tests.resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent()
  /// The sandbox's Python.
  static let python = checkout.appending(path: ".venv/bin/python").path()

  /// The program under test: `WEIR_BINARY`, else the one that was built with the tests.
  static let weir: String = {
    if let path = ProcessInfo.processInfo.environment["WEIR_BINARY"] { return path }
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
    return URL(filePath: bundle).deletingLastPathComponent().appending(path: "weir").path()
  }()
}

/// Variables of every program that the tests run: nobody's configuration, always the same looks.
func plainEnvironment(home: String) -> [String: String] {
  [
    "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": home,
    "LC_ALL": "C.UTF-8", "TZ": "UTC", "NO_COLOR": "1", "COLUMNS": "120",
    "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
  ]
}
