import Foundation
import Testing

/// Judges how AWS, the state and Git stand when something went wrong and was made good again.
///
/// AWS is seen through boto3, repositories through `git`; what Weir says is checked against both.
struct Referee {
  /// How an environment stands in the repository that counts: the remote, else the local one.
  struct Standing {
    /// The serial of the last apply that has ended; 0 where there is none.
    let serial: Int
    /// Whether one has begun and not ended.
    let isUnfinished: Bool
  }

  let scene: Scene
  /// The bare repository that shares the state; nil where it stays in the policy's own.
  var remote: String?
  /// The environment.
  var environment = "prod"

  private var branch: String { "weir/\(environment)" }

  /// The directory of the repository that counts.
  private var truth: String { remote ?? scene.repository.root.path() }

  /// All that Weir could have touched in AWS, without what no two ways to the same end share.
  func picture() async throws -> String { try await scene.aws("aws.essence()") }

  /// How the state branch stands, read with `git`.
  func standing() async throws -> Standing {
    let git = scene.repository
    let names = try? await git.git("-C", truth, "ls-tree", "--name-only", branch)
    let files = Set((names ?? "").split(separator: "\n"))
    guard files.contains("state.json") else {
      return Standing(serial: 0, isUnfinished: files.contains("pending.json"))
    }
    let state = try await git.git("-C", truth, "show", "\(branch):state.json")
    return Standing(
      serial: Int(try await scene.aws("json.loads(text)['serial']", text: state)) ?? -1,
      isUnfinished: files.contains("pending.json"))
  }

  /// What a plan would change, as JSON that two plans can be compared by.
  func changes() async throws -> String {
    let plan = try await scene.weir(
      "plan", "--env", environment, "--format", "json", "--quiet", isQuiet: true)
    // A first apply that is undone leaves a lineage, and with it other digests.
    let text = plan.output.replacingOccurrences(
      of: #"hmac-sha256:[^"]*"#, with: "digest", options: .regularExpression)
    return try await scene.aws(
      """
      [[c['address']['type'], c['address']['name'], c['action'], \
      [[f['path'], f.get('before'), f.get('after')] for f in c['fields']]] \
      for c in json.loads(text)['changes']]
      """, text: text)
  }

  /// Nothing is open, nothing lies about, and the history reads true.
  ///
  /// - Parameters:
  ///   - serial: that of the last apply.
  ///   - mayBeLocked: whether a lock file may be left, for the next that writes to remove it.
  func expectOrder(serial: Int, mayBeLocked: Bool = false, _ comment: Comment) async throws {
    let standing = try await standing()
    #expect(standing.serial == serial, comment)
    #expect(!standing.isUnfinished, comment)
    let history = try await scene.weir(
      "history", "--env", environment, "--format", "json", isQuiet: true)
    let serials = try await scene.aws(
      "[e['serial'] for e in json.loads(text)['entries']]", text: history.output)
    let told = Array((1..<serial + 1).reversed())
    #expect(serials == "\(told)", comment)
    for directory in Set([truth, scene.repository.root.path()]) {
      try await expectSound(directory, mayBeLocked: mayBeLocked, comment)
    }
  }

  /// A repository is whole, holds every end commit once and in order, and no lock file.
  private func expectSound(_ directory: String, mayBeLocked: Bool, _ comment: Comment) async throws
  {
    let git = scene.repository
    // `--no-dangling`: what an interrupted commit leaves unreachable is no fault.
    let fsck = try await git.git("-C", directory, "fsck", "--strict", "--no-dangling")
    #expect(fsck == "", comment)
    let ends = try? await git.git(
      "-C", directory, "log", "--reverse",
      "--format=%(trailers:key=Weir-Event,valueonly,separator=) "
        + "%(trailers:key=Weir-Serial,valueonly,separator=)", branch)
    let serials = (ends ?? "").split(separator: "\n").filter { $0.hasPrefix("end ") }
      .map { String($0.dropFirst(4)) }
    #expect(serials == (1..<serials.count + 1).map(String.init), comment)
    let gitDirectory = try await git.git("-C", directory, "rev-parse", "--absolute-git-dir")
    let files = try FileManager.default.subpathsOfDirectory(atPath: gitDirectory)
    #expect(mayBeLocked || !files.contains { $0.hasSuffix(".lock") }, comment)
    for file in files where file.hasSuffix("journal.jsonl") {
      // Its process died after the end commit: it says nothing of what is to come.
      let text = try String(contentsOfFile: "\(gitDirectory)/\(file)", encoding: .utf8)
      let open = text.split(separator: "\n").filter {
        !$0.contains(#""serial":\#(serials.count),"#)
      }
      #expect(open == [], comment)
    }
  }
}
