public import Foundation

/// How the `git` program is run when a repository talks to its remotes.
public struct GitSettings: Sendable {
  /// The user's environment: `PATH` finds `git`, and agents, proxies and helpers are named in it.
  public var environment: [String: String]
  /// Whether a person at a terminal can be asked for passwords and about host keys.
  public var isInteractive: Bool
  /// How long one conversation with a remote may take.
  public var timeout: Duration

  /// Settings; without arguments those of a job that nobody watches.
  public init(
    environment: [String: String] = ProcessInfo.processInfo.environment,
    isInteractive: Bool = false, timeout: Duration = .seconds(60)
  ) {
    self.environment = environment
    self.isInteractive = isInteractive
    self.timeout = timeout
  }

  /// The environment that `git` gets: the user's, without what would point it at another repository
  /// or mix traces, which can hold credentials, into its messages.
  var childEnvironment: [String: String] {
    var child = environment.filter { name, value in
      if Self.locationVariables.contains(name) { return false }
      let isTrace = name.hasPrefix("GIT_TRACE") || name == "GIT_CURL_VERBOSE"
      return !isTrace || value.hasPrefix("/")
    }
    child["LC_ALL"] = "C"
    if !isInteractive { child["GIT_TERMINAL_PROMPT"] = "0" }
    return child
  }

  /// `git rev-parse --local-env-vars` without the settings that are passed this way, and the namespace.
  private static let locationVariables: Set = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_CONFIG", "GIT_DIR",
    "GIT_GRAFT_FILE", "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_NAMESPACE", "GIT_NO_REPLACE_OBJECTS", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX",
    "GIT_REPLACE_REF_BASE", "GIT_SHALLOW_FILE", "GIT_WORK_TREE",
  ]
}
