internal import CGit2
internal import Foundation

extension Repository {
  /// The value of a setting (`user.name`) from the repository's, the user's or the system's file.
  func configValue(_ name: String) throws(GitError) -> String? {
    let configuration = try Handle<ConfigurationKind>("read the configuration") {
      unsafe git_repository_config_snapshot(&$0, pointer)
    }
    var value: UnsafePointer<CChar>?
    let isThere = try found(
      "read the setting '\(name)'",
      unsafe git_config_get_string(&value, configuration.pointer, name))
    return isThere ? unsafe copy(value) : nil
  }

  /// Who the configuration says the user is; nil when it does not say.
  func defaultSignature(at time: Date) throws(GitError) -> Signature? {
    guard let name = try configValue("user.name"), !name.isEmpty,
      let email = try configValue("user.email"), !email.isEmpty
    else { return nil }
    return Signature(name: name, email: email, time: time)
  }
}
