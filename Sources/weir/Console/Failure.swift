internal import AWSClient
internal import ArgumentParser
internal import Engine
internal import Foundation
internal import GitStorage
internal import Model
internal import Rendering

/// Why a command ended, in the words for it and with the code for it.
struct Failure {
  private enum Form {
    case facts(ErrorFacts)
    case diagnostics(Diagnostics)
  }

  private let form: Form
  let status: ExitStatus

  init(_ error: any Error) {
    switch error {
    case let diagnostics as Diagnostics: self.init(.diagnostics(diagnostics), .failed)
    case let facts as ErrorFacts: self.init(.facts(facts), .failed)
    case let refusal as Refusal: self.init(.facts(refusal.facts), refusal.status)
    case let error as ApplyError: self = Failure(error)
    case let error as GitError:
      self.init(
        .facts(facts(of: error)), [.modified, .locked].contains(error.code) ? .locked : .failed)
    case let error as SealError: self.init(.facts(facts(of: error)), .failed)
    case let error as StateError: self.init(.facts(facts(of: error)), .failed)
    case let error as StateExportError: self.init(.facts(facts(of: error)), .failed)
    case let error as StateRestoreError: self.init(.facts(facts(of: error)), error.status)
    case let error as AWSError: self.init(.facts(facts(of: error)), .failed)
    case is CancellationError:
      self.init(.facts(ErrorFacts("interrupted", detail: "The command was interrupted.")), .failed)
    case let error as CocoaError:
      self.init(
        .facts(
          ErrorFacts(
            "a file cannot be read or written",
            detail: [error.localizedDescription, error.filePath].compactMap { $0 }
              .joined(separator: " "))), .failed)
    default:
      self.init(
        .facts(ErrorFacts("unexpected error", detail: String(describing: error))), .failed)
    }
  }

  private init(_ error: ApplyError) {
    switch error {
    case .locked(let pending):
      self.init(.facts(lockedFacts(pending)), .locked)
    case .unfinished(let serial, let message):
      self.init(
        .facts(
          ErrorFacts(
            "apply \(serial) is unfinished",
            detail: "What became of its writes could not be read: \(message)",
            hint: "Run `weir recover` once AWS answers again: it re-reads every change.")),
        .failed)
    case .notRecorded(let serial, let message):
      self.init(
        .facts(
          ErrorFacts(
            "apply \(serial) is not recorded",
            detail: "Its writes were made, but the state could not be committed: \(message)",
            hint: "Mend the repository, then run `weir recover`: it re-reads every change.")),
        .failed)
    }
  }

  private init(_ form: Form, _ status: ExitStatus) {
    self.form = form
    self.status = status
  }

  /// The words, for a person.
  func text(style: TextStyle) -> String {
    switch form {
    case .facts(let facts): render(error: facts, style: style)
    case .diagnostics(let diagnostics): render(diagnostics: diagnostics, style: style)
    }
  }

  /// The words on one line, without colours.
  static func line(_ error: any Error) -> String {
    switch Failure(error).form {
    case .facts(let facts): facts.detail.isEmpty ? facts.summary : facts.detail
    case .diagnostics(let diagnostics): diagnostics.all.map(\.summary).joined(separator: "; ")
    }
  }
}

/// A command that does not do what it was asked, for a reason with an exit code of its own.
struct Refusal: Error {
  let facts: ErrorFacts
  let status: ExitStatus

  init(_ status: ExitStatus, _ summary: String, detail: String = "", hint: String? = nil) {
    facts = ErrorFacts(summary, detail: detail, hint: hint)
    self.status = status
  }
}
