internal import Foundation
internal import Model
internal import Pricing

/// `dynamodb/table`: how the capacity of a DynamoDB table and its global secondary indexes is had. Its name is
/// the table's.
///
/// Attributes: `billingMode`, and of a provisioned table `readCapacity`, `writeCapacity`, and
/// `indexes.INDEX.readCapacity` and `indexes.INDEX.writeCapacity`. Nothing else of a table is touched.
/// Context: the attributes as they are in AWS, `status`, `indexNames`, `tableClass`, `isReplicated`,
/// `decreases` (how often each of the table, as `table`, and its indexes was lowered today), `lastDecrease`
/// and `lastSwitch` to on-demand.
///
/// Reads take one request for each table: DynamoDB describes no more at a time (API description of dynamodb,
/// DescribeTable). Selectors: `tags`.
struct TableType: ExistingResourceType {
  /// The modes, as DynamoDB names them.
  static let provisioned: Value = "PROVISIONED"
  static let onDemand: Value = "PAY_PER_REQUEST"
  /// What the attributes of indexes begin with.
  static let indexes = "indexes."

  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope

  var type: String { "dynamodb/table" }
  var noun: String { "tables" }
  /// A switch of the mode may take several minutes (DynamoDB developer guide, "Considerations when switching
  /// capacity modes").
  var verification: Verification { Verification(tries: 90, interval: 10) }

  var writeEvents: WriteEvents? {
    WriteEvents(
      changing: ["UpdateTable"],
      effects: [
        "UpdateTable": .members([
          "billingMode": ["billingMode", "readCapacity", "writeCapacity", "indexes"],
          "provisionedThroughput": ["readCapacity", "writeCapacity"],
          "globalSecondaryIndexUpdates": ["indexes"],
        ])
      ], deleting: ["DeleteTable"]
    ) { request in
      // A name, or the ARN that ends in it.
      (request["tableName"]?.string?.split(separator: "/").last).map { [String($0)] } ?? []
    }
  }

  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    let tables = names.map { scope.arn("dynamodb", "table/\($0)") }
    return switch access {
    case .read:
      [
        IAMPermission(["dynamodb:DescribeTable"], on: tables)
      ]
        + (names.contains("*")
          ? [
            IAMPermission(["dynamodb:ListTagsOfResource"], on: tables),
            IAMPermission(["tag:GetResources"]),
          ] : [])
    case .write: [IAMPermission(["dynamodb:UpdateTable"], on: tables)]
    }
  }

  /// A table on demand has no capacity.
  func normalized(_ attributes: [String: Value]) -> [String: Value] {
    guard attributes["billingMode"] == Self.onDemand else { return attributes }
    return attributes.filter { !Self.isCapacity($0.key) }
  }

  func problems(with write: ResourceWrite) -> [ResourceProblem] { TableProblems(write).all }

  /// What is provisioned, of the table and of its indexes.
  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    guard attributes["billingMode"] == Self.provisioned else {
      return .unknown("on demand every request is billed")
    }
    guard context["tableClass"] ?? "STANDARD" == "STANDARD" else {
      return .unknown("no price for the capacity of infrequent-access tables in the catalog")
    }
    func cost(_ item: PricedItem, _ suffix: String, _ noun: String) -> MonthlyCost {
      let units = attributes.filter { $0.key.hasSuffix(suffix) }
        .reduce(Decimal(0)) { $0 + ($1.value.numeral ?? 0) }
      return scope.prices.monthlyCost(of: item, quantity: units, in: scope.region, called: noun)
    }
    let reads = cost(.readCapacity, "readCapacity", "read capacity of DynamoDB")
    if context["isReplicated"] == true {
      return reads + .unknown("no price for replicated writes in the catalog")
    }
    return reads + cost(.writeCapacity, "writeCapacity", "write capacity of DynamoDB")
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    let found = try await inParallel(names.sorted()) { name -> (String, LiveResource)? in
      guard
        let table = try await scope.client.call(
          "dynamodb", "DescribeTable", ["TableName": .string(name)],
          nilIf: "ResourceNotFoundException")?["Table"], table["TableStatus"] != "DELETING"
      else { return nil }
      return (name, Self.resource(table))
    }
    return Dictionary(uniqueKeysWithValues: found.compactMap { $0 })
  }

  /// The tagging API follows after a while: the tags are asked for once more, of the table itself.
  func find(_ selector: ResourceSelector) async throws -> [String: LiveResource] {
    guard let filter = TagFilter(selector) else { return [:] }
    let tagged = try await inParallel(scope.tagged(["dynamodb:table"], filter)) { table in
      let tags = try await scope.client.all(
        "dynamodb", "ListTagsOfResource", ["ResourceArn": .string(table.arn)], items: "Tags",
        noneIf: "ResourceNotFoundException")
      return filter.matches(Value.list(tags).tags)
        ? String(resourcePart(ofARN: table.arn).dropFirst("table/".count)) : nil
    }
    return try await read(Set(tagged.compactMap { $0 }))
  }

  /// One request for all: while an update runs, DynamoDB refuses another.
  func update(_ write: ResourceWrite) async throws {
    var input: [String: Value] = ["TableName": .string(write.name)]
    let mode = write.set["billingMode"]
    input["BillingMode"] = mode
    if mode != Self.onDemand {
      let capacities = TableCapacities(write)
      input["ProvisionedThroughput"] = capacities.table
      let indexes = capacities.indexes
      if !indexes.isEmpty {
        input["GlobalSecondaryIndexUpdates"] = .list(
          indexes.map {
            ["Update": ["IndexName": .string($0.name), "ProvisionedThroughput": $0.throughput]]
          })
      }
    }
    guard input.count > 1 else { return }
    _ = try await scope.client.call("dynamodb", "UpdateTable", .map(input))
  }

  /// Whether an attribute is a capacity.
  static func isCapacity(_ attribute: String) -> Bool {
    attribute.hasSuffix("readCapacity") || attribute.hasSuffix("writeCapacity")
  }

  /// DynamoDB leaves the mode out of tables that were never on demand.
  private static func resource(_ table: Value) -> LiveResource {
    var attributes = ["billingMode": table["BillingModeSummary"]?["BillingMode"] ?? provisioned]
    var decreases: [String: Value] = [:]
    var times: [Value] = []
    func add(_ throughput: Value?, _ prefix: String, as name: String) {
      attributes["\(prefix)readCapacity"] = throughput?["ReadCapacityUnits"]
      attributes["\(prefix)writeCapacity"] = throughput?["WriteCapacityUnits"]
      if let number = throughput?["NumberOfDecreasesToday"]?.numeral, number > 0 {
        decreases[name] = .number(number)
      }
      if let time = throughput?["LastDecreaseDateTime"] { times.append(Timestamps.attribute(time)) }
    }
    add(table["ProvisionedThroughput"], "", as: "table")
    let indexes = table["GlobalSecondaryIndexes"]?.elements ?? []
    for index in indexes {
      guard let name = index["IndexName"]?.string else { continue }
      add(index["ProvisionedThroughput"], "\(Self.indexes)\(name).", as: "\(Self.indexes)\(name)")
    }
    if attributes["billingMode"] == onDemand {
      attributes = attributes.filter { !isCapacity($0.key) }
    }
    var context = attributes
    context["status"] = table["TableStatus"]
    context["tableClass"] = table["TableClassSummary"]?["TableClass"]
    context["indexNames"] = .list(indexes.compactMap { $0["IndexName"] })
    if !decreases.isEmpty { context["decreases"] = .map(decreases) }
    context["lastDecrease"] = .string(times.compactMap(\.string).max() ?? "")
    context["lastSwitch"] = table["BillingModeSummary"]?["LastUpdateToPayPerRequestDateTime"].map(
      Timestamps.attribute)
    if table["Replicas"]?.elements.isEmpty == false { context["isReplicated"] = true }
    return LiveResource(
      attributes: attributes.without(), context: context.filter { $0.value != "" }.without())
  }
}
