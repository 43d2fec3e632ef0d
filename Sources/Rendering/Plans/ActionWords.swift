internal import Model

extension Change.Action {
  /// The sign at the start of a change's line.
  var symbol: String {
    switch self {
    case .create: "+"
    case .update: "~"
    case .delete: "-"
    case .adopt: "="
    case .forget: "o"
    }
  }

  /// The colour of the sign.
  var tone: Tone {
    switch self {
    case .create: .create
    case .update: .change
    case .delete: .delete
    case .adopt, .forget: .plain
    }
  }

  /// What is to be done: `1 to change`.
  var verb: String {
    switch self {
    case .create: "create"
    case .update: "change"
    case .delete: "delete"
    case .adopt: "adopt"
    case .forget: "forget"
    }
  }

  /// What is being done.
  var present: String {
    switch self {
    case .create: "creating"
    case .update: "changing"
    case .delete: "deleting"
    case .adopt: "adopting"
    case .forget: "forgetting"
    }
  }

  /// What has been done.
  var past: String {
    switch self {
    case .create: "created"
    case .update: "changed"
    case .delete: "deleted"
    case .adopt: "adopted"
    case .forget: "forgotten"
    }
  }

  /// What the sign means, where people do not know it from other tools.
  var legend: String? {
    switch self {
    case .adopt: "= adopt: managed from now on, as it is"
    case .forget: "o forget: no longer managed, left as it is"
    case .create, .update, .delete: nil
    }
  }
}
