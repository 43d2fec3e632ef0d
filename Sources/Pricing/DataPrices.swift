/// Tables of DynamoDB and streams of Kinesis.
let dataPrices: [Price] = ["us-east-1", "us-east-2"].flatMap { region -> [Price] in
  tablePrices(region) + streamPrices(region)
}

/// The golden file is of us-east-2; retold tables have the same for us-east-1.
private func tablePrices(_ region: String) -> [Price] {
  let isGolden = region == "us-east-2"
  let source =
    isGolden
    ? "Infracost, golden file of dynamodb_table"
    : "Infracost, golden file of dynamodb_table, which is of us-east-2; the same in public tables"
  return [(PricedItem.readCapacity, "0.00013"), (.writeCapacity, "0.00065")].map { item, amount in
    Price(
      item, region: region, usd(amount), per: .hour, asOf: "2024-11-15", source: source,
      confidence: isGolden ? .golden : .secondary)
  }
}

private func streamPrices(_ region: String) -> [Price] {
  [(PricedItem.shard, "0.015"), (.extendedRetention, "0.02"), (.onDemandStream, "0.04")].map {
    item, amount in
    Price(
      item, region: region, usd(amount), per: .hour, asOf: "2024-07-01",
      source: "Infracost, golden file of kinesis_stream", confidence: .golden)
  }
}
