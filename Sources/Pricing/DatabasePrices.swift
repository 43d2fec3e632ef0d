internal import Foundation

/// Prices of RDS and Aurora, on demand, in us-east-1. An instance is priced by class and engine: only what
/// was seen for an engine is said of it.
let databasePrices: [Price] = [
  Price(
    .databaseInstance("db.t3.micro", engine: "mysql", isMultiAZ: false), region: "us-east-1",
    usd("0.017"),
    per: .hour, asOf: "2026-05-03", source: "Infracost, golden file of db_instance",
    confidence: .golden),
  Price(
    .databaseInstance("db.t3.small", engine: "mysql", isMultiAZ: false), region: "us-east-1",
    usd("0.034"),
    per: .hour, asOf: "2026-05-03", source: "Infracost, golden file of db_instance",
    confidence: .golden),
  Price(
    .databaseInstance("db.t3.medium", engine: "mysql", isMultiAZ: false), region: "us-east-1",
    usd("0.068"),
    per: .hour, asOf: "2026-05-03", source: "public price tables", confidence: .secondary),
  Price(
    .databaseInstance("db.t3.large", engine: "mysql", isMultiAZ: false), region: "us-east-1",
    usd("0.136"),
    per: .hour, asOf: "2026-05-03", source: "Infracost, golden file of db_instance",
    confidence: .golden),
  Price(
    .databaseInstance("db.t3.micro", engine: "postgres", isMultiAZ: false), region: "us-east-1",
    usd("0.018"),
    per: .hour, asOf: "2026-08-19", source: "AWS price list, copy of 2026-08-19",
    confidence: .official),
  Price(
    .databaseInstance("db.t3.large", engine: "postgres", isMultiAZ: false), region: "us-east-1",
    usd("0.145"),
    per: .hour, asOf: "2026-05-03", source: "Infracost, golden file of db_instance",
    confidence: .golden),
  Price(
    .databaseInstance("db.t4g.small", engine: "mysql", isMultiAZ: false), region: "us-east-1",
    usd("0.032"),
    per: .hour, asOf: "2026-05-03", source: "Infracost, golden file of db_instance",
    confidence: .golden),
  Price(
    .databaseInstance("db.t4g.small", engine: "mysql", isMultiAZ: true), region: "us-east-1",
    usd("0.065"),
    per: .hour, asOf: "2026-05-03", source: "Infracost, golden file of db_instance",
    confidence: .golden),
  Price(
    .databaseInstance("db.t3.medium", engine: "aurora-mysql", isMultiAZ: false),
    region: "us-east-1", usd("0.082"),
    per: .hour, asOf: "2025-03-05", source: "Infracost, golden file of rds_cluster_instance",
    confidence: .golden),
  Price(
    .databaseInstance("db.t3.large", engine: "aurora-mysql", isMultiAZ: false), region: "us-east-1",
    usd("0.164"),
    per: .hour, asOf: "2025-03-05", source: "Infracost, golden file of rds_cluster_instance",
    confidence: .golden),
  Price(
    .databaseInstance("db.t3.medium", engine: "aurora-postgresql", isMultiAZ: false),
    region: "us-east-1", usd("0.082"),
    per: .hour, asOf: "2025-03-05", source: "Infracost, golden file of rds_cluster_instance",
    confidence: .golden),
  Price(
    .databaseInstance("db.t3.large", engine: "aurora-postgresql", isMultiAZ: false),
    region: "us-east-1", usd("0.164"),
    per: .hour, asOf: "2025-03-05", source: "Infracost, golden file of rds_cluster_instance",
    confidence: .golden),
  Price(
    .databaseStorage("gp2", isMultiAZ: false), region: "us-east-1", usd("0.115"),
    per: .gigabyteMonth,
    asOf: "2026-05-03", source: "Infracost, golden file of db_instance", confidence: .golden),
  Price(
    .databaseStorage("gp2", isMultiAZ: true), region: "us-east-1", usd("0.23"), per: .gigabyteMonth,
    asOf: "2026-05-03", source: "Infracost, golden file of db_instance", confidence: .golden),
  Price(
    .databaseStorage("gp3", isMultiAZ: false), region: "us-east-1", usd("0.115"),
    per: .gigabyteMonth,
    asOf: "2026-05-03", source: "Infracost, golden file of db_instance", confidence: .golden),
  Price(
    .databaseStorage("gp3", isMultiAZ: true), region: "us-east-1", usd("0.23"), per: .gigabyteMonth,
    asOf: "2026-05-03", source: "Infracost, golden file of db_instance", confidence: .golden),
  Price(
    .databaseStorage("io1", isMultiAZ: false), region: "us-east-1", usd("0.125"),
    per: .gigabyteMonth,
    asOf: "2026-05-03", source: "Infracost, golden file of db_instance", confidence: .golden),
  Price(
    .databaseIOPS("io1", isMultiAZ: false), region: "us-east-1", usd("0.10"), per: .month,
    asOf: "2026-05-03", source: "Infracost, golden file of db_instance", confidence: .golden),
  Price(
    .auroraCapacity, region: "us-east-1", usd("0.12"), per: .hour, asOf: "2025-03-05",
    source:
      "Infracost, golden file of rds_cluster_instance; the same in AWS's price list of 2026-08-19",
    confidence: .golden),
]
