public import Model

/// The file at the policy's root that says what the project is.
public let projectFile = "weir.yaml"

/// The kind of that file.
let projectKind = "Project"

/// What `weir.yaml` says.
public struct Project: Hashable, Sendable {
  /// The project's name.
  public let name: Located<String>
  /// The environments in the order of the file.
  public let environments: [ProjectEnvironment]
  /// Which files are manifests: folders and globs; nil for every YAML file.
  public let manifests: [Located<String>]?
  /// The Git remote that holds the state, if it says so.
  public let remote: Located<String>?
  /// The KMS key that seals secrets of the state, an alias or an ARN, if it says so.
  public let kmsKey: Located<String>?
  /// Where copies of the state go; nil where there are none.
  public let backup: BackupSettings?
  /// Who is told how applies end; nil where nobody is.
  public let notices: NoticeSettings?
  /// What one apply may do at most.
  public let guardrails: Guardrails
  /// For how many seconds a saved plan may be applied.
  public let planLifetime: Int
  /// The same where the project does not say it: a day.
  public static let defaultPlanLifetime = 24 * 3600

  /// The names of all environments, those included that could not be read.
  let declaredNames: [String]

  /// The environment of a name.
  public func environment(_ name: String) -> ProjectEnvironment? {
    environments.first { $0.name == name }
  }
}

extension Project {
  /// What `weir.yaml` takes under `spec`, for `weir explain`.
  public static let schema = KindSchema(
    kind: projectKind,
    doc: "The project: its environments, and where its manifests and its state are.",
    spec: ObjectSchema([
      Field(
        "environments", .map(.object(environment)), isRequired: true,
        doc: "The environments by name: an account and a region each."),
      Field(
        "manifests", .list(.string(), nonEmpty: true),
        doc: "The folders and globs with manifests; else every YAML file below the root."),
      Field("state", .object(state), doc: "Where the state is kept."),
      Field("plan", .object(plan), doc: "What holds for saved plans."),
      Field(
        "guardrails", .object(guardrails),
        doc: "What one apply may do at most; a limit that is left out does not hold."),
      Field(
        "notifications", .object(NoticeSettings.schema), doc: "Who is told how applies end."),
    ]))

  private static let environment = ObjectSchema([
    Field("account", .accountID, isRequired: true, doc: "The AWS account."),
    Field("region", .string(region), isRequired: true, doc: "The AWS region."),
    Field("role", .string(role), doc: "A role to assume."),
    Field("values", .map(.any), doc: "What `${name}` stands for in manifests."),
    Field("protect", .boolean, doc: "Whether nothing may be deleted here."),
  ])

  private static let state = ObjectSchema([
    Field("remote", .string(), doc: "The Git remote that the state is pushed to."),
    Field(
      "kmsKey", .string(kmsKey),
      doc: "The KMS key that seals sensitive values, so that they can be given back."),
    Field(
      "backup", .object(BackupSettings.schema),
      doc: "Where a copy of the state goes after each apply."),
  ])

  /// An alias has "1-256 characters" of letters, digits, `/`, `_` and `-`, and what begins with
  /// `alias/aws/` is reserved for keys of AWS services (API description of kms, CreateAlias).
  private static let kmsKey = StringRule(
    "an alias or ARN of a KMS key", example: "alias/weir",
    pattern: "alias/(?!aws/)[a-zA-Z0-9/_-]{1,250}|"
      + "arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/.+")

  private static let plan = ObjectSchema([
    Field("expires", .duration, doc: "For how long a saved plan may be applied; else 24h.")
  ])

  private static let guardrails = ObjectSchema([
    Field("maxChanges", .integer(0...1_000_000), doc: "The most changes that write to AWS."),
    Field("maxDeletes", .integer(0...1_000_000), doc: "The most deletions."),
    Field(
      "maxIncrease", .money,
      doc: "The most by which the known bill may rise a month; unknown costs are remarked on."),
    Field(
      "maxPercentOfFleet", .percent,
      doc: "The most of the managed resources of a type that may be changed or deleted, where "
        + "there are \(Guardrails.smallestFleet) or more."),
    Field(
      "allowDelete", .boolean, doc: "Whether `weir apply` deletes without `--allow-delete`."),
    Field(
      "allowIrreversible", .boolean,
      doc: "Whether `weir apply` does what no rollback brings back without "
        + "`--allow-irreversible`."),
  ])

  static let region = StringRule(
    "an AWS region", example: "us-east-2", pattern: "[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}")

  private static let role = StringRule(
    "an ARN of an IAM role", example: "arn:aws:iam::123456789012:role/weir",
    pattern: "arn:aws[a-z-]*:iam::[0-9]{12}:role/.+")
}
