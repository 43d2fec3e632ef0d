internal import Manifests
internal import Model

/// API description of sagemaker, EndpointName and NotebookInstanceName.
private let sageMakerPattern = "[A-Za-z0-9](-*[A-Za-z0-9]){0,62}"

/// What the names of the types look like that can be parked (API descriptions of the services). Any text may name
/// an alarm, and what has no line here.
private let parkedNames: [String: StringRule] = [
  "ecs/service": StringRule(
    "CLUSTER/SERVICE", example: "web/api", pattern: "[A-Za-z0-9_-]{1,255}/[A-Za-z0-9_-]{1,255}"),
  "ec2/instance": StringRule(
    "an instance's ID", example: "i-0123456789abcdef0", pattern: "i-[0-9a-f]{8,17}"),
  "rds/instance": StringRule(
    "a DB instance's identifier", example: "shop-db", pattern: DatabaseSize.identifierPattern),
  "rds/cluster": StringRule(
    "a DB cluster's identifier", example: "shop-db", pattern: DatabaseSize.identifierPattern),
  "lambda/function": StringRule(
    "a function's name", example: "resize", pattern: "[A-Za-z0-9_-]{1,140}"),
  "sagemaker/endpoint": StringRule(
    "an endpoint's name", example: "recommender", pattern: sageMakerPattern),
  "sagemaker/notebook": StringRule(
    "a notebook instance's name", example: "research", pattern: sageMakerPattern),
  "kinesis/stream": StringRule(
    "a stream's name", example: "clicks", pattern: "[A-Za-z0-9_.-]{1,128}"),
  "dynamodb/table": StringRule(
    "a table's name", example: "orders", pattern: "[A-Za-z0-9_.-]{3,255}"),
]

extension Parking {
  /// Reports names in `except` that nothing of the services in `only` can have.
  static func checkExceptions(_ fields: Fields, into diagnostics: inout Diagnostics) {
    guard fields.isWhole("only") else { return }
    let only = Set(fields.strings("only").map(\.value))
    let types = ParkedForm.all.filter { only.contains($0.service) }.map(\.type)
    let rules = types.compactMap { parkedNames[$0] }
    guard rules.count == types.count else { return }
    for name in fields.strings("except") where !rules.contains(where: { $0.allows(name.value) }) {
      diagnostics.add(
        error: "`except` leaves nothing out", at: name.range,
        detail:
          "`\(name.value)` is not \(alternatives(rules.map { "\($0.meaning) such as \($0.example)" })).",
        hint: "Take it away, or correct it.")
    }
  }
}
