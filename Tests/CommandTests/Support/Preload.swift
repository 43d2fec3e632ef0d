import Foundation
import Glibc

/// A program under `Preload/preload.c`: its boundaries are counted, and something happens at one of them.
final class Preload: Sendable {
  /// What happens.
  enum Action: Sendable, CustomStringConvertible {
    /// The program dies, and what it started lives on.
    case kill
    /// The program and all that it started die, as when the power goes.
    case blackout
    /// From there on no file below a directory can be changed.
    case refuse(Int32, below: String)
    /// The clock jumps by so many seconds.
    case clock(Int)

    var description: String {
      switch self {
      case .kill: "kill"
      case .blackout: "blackout"
      case .refuse(let code, _): "errno:\(code)"
      case .clock: "clock"
      }
    }
  }

  private let folder: URL
  private let action: Action
  private let boundary: Int
  private let library: String

  /// - Parameter boundary: before which boundary it happens, from 1; nil only counts.
  init(_ action: Action = .kill, at boundary: Int? = nil) async throws {
    library = try await Self.library.value
    folder = try makeTemporaryDirectory("preload")
    self.action = action
    self.boundary = boundary ?? 0
    try Data(count: 4096).write(to: folder.appending(path: "page"))
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// What a program needs in its environment.
  var variables: [String: String?] {
    var variables: [String: String?] = [
      "LD_PRELOAD": library, "PRELOAD_PAGE": folder.appending(path: "page").path(),
      "PRELOAD_LOG": folder.appending(path: "log").path(), "PRELOAD_AT": "\(boundary)",
      "PRELOAD_ACTION": "\(action)",
    ]
    if case .refuse(_, let directory) = action { variables["PRELOAD_BELOW"] = directory }
    if case .clock(let seconds) = action { variables["PRELOAD_CLOCK"] = "\(seconds)" }
    return variables
  }

  /// The boundaries that were met, as `NUMBER PROGRAM CALL FILE`, in order.
  var boundaries: [String] {
    let text = try? String(contentsOf: folder.appending(path: "log"), encoding: .utf8)
    func number(_ line: Substring) -> Int { Int(line.prefix { $0 != " " }) ?? 0 }
    return (text ?? "").split(separator: "\n").sorted { number($0) < number($1) }.map(String.init)
  }

  /// Whether it has come so far.
  var hasHappened: Bool { boundaries.count >= boundary }

  /// The boundary at which it happened.
  var place: String {
    boundaries.first { $0.hasPrefix("\(boundary) ") } ?? "\(boundary) not met"
  }

  /// Waits until all that the program had started has ended, too.
  func waitForEnd() async throws {
    let page = try Data(contentsOf: folder.appending(path: "page"))
    let numbers = unsafe page.withUnsafeBytes { unsafe Array($0.bindMemory(to: Int32.self)) }
    let deadline = ContinuousClock.now + .seconds(60)
    for pid in numbers.dropFirst(3).prefix(Int(numbers[2])) where pid > 0 {
      while kill(pid, 0) == 0 {
        guard ContinuousClock.now < deadline else {
          throw SandboxFailure(message: "process \(pid) does not end")
        }
        try await Task.sleep(for: .milliseconds(5))
      }
    }
  }

  /// The library, compiled once.
  private static let library = Task {
    let source = Places.tests.appending(path: "Preload/preload.c").path()
    let library = Places.checkout.appending(path: ".build/preload.so").path()
    // Other test processes may be at it, too.
    let part = "\(library).\(getpid())"
    var failures: [String] = []
    for compiler in ["cc", "clang", "gcc"] {
      let run = try ProgramRun(
        "/usr/bin/env", [compiler, "-shared", "-fPIC", "-O1", "-o", part, source, "-ldl"],
        in: "/", environment: plainEnvironment(home: "/"))
      let result = await run.result()
      if result.code == 0 {
        guard unsafe rename(part, library) == 0 else { throw SandboxFailure(message: library) }
        return library
      }
      failures.append("\(compiler): \(result.errors)")
    }
    throw SandboxFailure(message: "no C compiler: \(failures.joined(separator: "\n"))")
  }
}
