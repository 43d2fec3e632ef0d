internal import Model

/// Where copies of the state go: `state.backup` of `weir.yaml`.
public struct BackupSettings: Hashable, Sendable {
  /// The S3 bucket.
  public let bucket: String
  /// What the keys begin with, without slashes at its ends; empty for nothing.
  public let prefix: String
  /// The bucket's region; nil for that of the environment.
  public let region: String?
  /// The KMS key to encrypt with; nil for the keys of S3.
  public let kmsKey: String?

  /// The settings that `fields` hold.
  init?(_ fields: Fields?) {
    guard let fields, let bucket = fields.string("bucket")?.value else { return nil }
    self.bucket = bucket
    prefix =
      (fields.string("prefix")?.value ?? "").split(separator: "/").joined(separator: "/")
    region = fields.string("region")?.value
    kmsKey = fields.string("kmsKey")?.value
  }
}

extension BackupSettings {
  /// What `state.backup` takes.
  static let schema = ObjectSchema([
    Field("bucket", .string(bucket), isRequired: true, doc: "The S3 bucket; it must be there."),
    Field(
      "prefix", .string(prefix),
      doc: "What the keys begin with: `PREFIX/ENVIRONMENT/SERIAL.json`; one for each project."),
    Field(
      "region", .string(Project.region),
      doc: "The bucket's region, where it is not that of the environment."),
    Field(
      "kmsKey", .string(key), doc: "The KMS key to encrypt with; else S3 encrypts with its own."),
  ])

  private static let bucket = StringRule(
    "the name of an S3 bucket", example: "acme-weir-state",
    pattern: "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")

  private static let prefix = StringRule(
    "a path", example: "cost/pythonide", pattern: "[A-Za-z0-9_.=-]+(/[A-Za-z0-9_.=-]+)*/?")

  private static let key = StringRule(
    "a KMS key's ARN, ID or alias", example: "alias/weir",
    pattern: "arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/[A-Za-z0-9/_-]+"
      + "|alias/[A-Za-z0-9/_-]+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32}")
}
