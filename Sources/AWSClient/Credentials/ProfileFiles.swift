internal import Foundation

/// The AWS files of a user, `config` and `credentials`, as sections of settings.
///
/// A setting that is nested below another, as `endpoint_url` below `s3 =`, is called
/// `s3.endpoint_url` here.
struct ProfileFiles: Hashable, Sendable {
  /// The settings of a section.
  typealias Section = [String: String]

  private let config: [String: Section]
  private let credentials: [String: Section]
  let configPath: String
  let credentialsPath: String

  /// Reads the files that the environment names, or those below its `HOME`. A file that is not
  /// there is empty; `readFile` gives nil for it.
  init(
    environment: [String: String], readFile: (String) throws -> String?
  ) throws {
    let home = environment.nonEmpty("HOME")
    func path(_ variable: String, _ name: String) -> String? {
      guard let path = environment.nonEmpty(variable) else {
        return home.map { "\($0)/.aws/\(name)" }
      }
      guard path.hasPrefix("~/"), let home else { return path }
      return home + path.dropFirst(1)
    }
    configPath = path("AWS_CONFIG_FILE", "config") ?? "~/.aws/config"
    credentialsPath = path("AWS_SHARED_CREDENTIALS_FILE", "credentials") ?? "~/.aws/credentials"
    config = Self.parse(try readFile(configPath) ?? "")
    credentials = Self.parse(try readFile(credentialsPath) ?? "")
  }

  /// The settings of a profile from both files; those of `credentials` come first. Nil if neither
  /// has the profile.
  func profile(_ name: String) -> Section? {
    let settings = config["profile \(name)"] ?? (name == "default" ? config["default"] : nil)
    guard let secrets = credentials[name] else { return settings }
    return secrets.merging(settings ?? [:]) { secret, _ in secret }
  }

  /// The settings of a `[services NAME]` section.
  func services(_ name: String) -> Section { config["services \(name)"] ?? [:] }

  /// Sections of an INI file as the AWS tools read it.
  private static func parse(_ text: String) -> [String: Section] {
    var sections: [String: Section] = [:]
    var section: String?
    var parent: String?
    for line in text.split(whereSeparator: \.isNewline) {
      let content = withoutComment(line).trimmingCharacters(in: .whitespaces)
      guard let first = content.first, first != "#", first != ";" else { continue }
      if first == "[" {
        let words = content.dropFirst().prefix { $0 != "]" }.split(whereSeparator: \.isWhitespace)
        section = words.joined(separator: " ")
        parent = nil
        sections[section ?? "", default: [:]] = sections[section ?? ""] ?? [:]
        continue
      }
      guard let section, let equals = content.firstIndex(of: "=") else { continue }
      let key = content[..<equals].trimmingCharacters(in: .whitespaces)
      let value = content[content.index(after: equals)...].trimmingCharacters(in: .whitespaces)
      if let parent, line.first?.isWhitespace == true {
        sections[section]?["\(parent).\(key)"] = value
      } else {
        parent = value.isEmpty ? key : nil
        sections[section]?[key] = value
      }
    }
    return sections
  }

  /// A `#` or `;` after a space begins a comment.
  private static func withoutComment(_ line: Substring) -> Substring {
    var previous: Character?
    for index in line.indices {
      if line[index] == "#" || line[index] == ";", previous?.isWhitespace == true {
        return line[..<index]
      }
      previous = line[index]
    }
    return line
  }
}
