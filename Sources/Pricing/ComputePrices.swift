internal import Foundation

/// Prices of EC2 instances with Linux, and of SageMaker's, on demand, in us-east-1.
/// Prices of EC2 instances with Linux, on demand, in us-east-1; of us-east-2 one is known.
let computePrices: [Price] = [
  Price(
    .hostedInstance("ml.m5.large"), region: "us-east-1", usd("0.115"), per: .hour,
    asOf: "2024-07-01",
    source: "several public price tables, undated", confidence: .secondary),
  Price(
    .computeInstance("t3.nano"), region: "us-east-1", usd("0.0052"), per: .hour, asOf: "2024-07-01",
    source: "Infracost, golden file of instance", confidence: .golden),
  Price(
    .computeInstance("t3.micro"), region: "us-east-1", usd("0.0104"), per: .hour,
    asOf: "2024-07-01",
    source: "Infracost, golden file of instance", confidence: .golden),
  Price(
    .computeInstance("t3.small"), region: "us-east-1", usd("0.0208"), per: .hour,
    asOf: "2024-07-01",
    source: "Infracost, golden file of instance", confidence: .golden),
  Price(
    .computeInstance("t3.medium"), region: "us-east-1", usd("0.0416"), per: .hour,
    asOf: "2024-07-01",
    source: "Infracost, golden file of instance", confidence: .golden),
  Price(
    .computeInstance("t3.large"), region: "us-east-1", usd("0.0832"), per: .hour,
    asOf: "2024-07-01",
    source: "Infracost, golden file of instance", confidence: .golden),
  Price(
    .computeInstance("m5.large"), region: "us-east-1", usd("0.096"), per: .hour, asOf: "2024-07-01",
    source: "Infracost, golden file of instance", confidence: .golden),
  Price(
    .computeInstance("m5.xlarge"), region: "us-east-1", usd("0.192"), per: .hour,
    asOf: "2024-07-01",
    source: "Infracost, golden file of instance", confidence: .golden),
  Price(
    .computeInstance("m5.2xlarge"), region: "us-east-1", usd("0.384"), per: .hour,
    asOf: "2024-07-01",
    source: "Infracost, golden file of instance", confidence: .golden),
  Price(
    .computeInstance("m5.4xlarge"), region: "us-east-1", usd("0.768"), per: .hour,
    asOf: "2024-07-01",
    source: "Infracost, golden file of instance", confidence: .golden),
  Price(
    .computeInstance("m6i.large"), region: "us-east-1", usd("0.096"), per: .hour,
    asOf: "2026-08-19",
    source: "AWS price list, copy of 2026-08-19", confidence: .official),
  Price(
    .computeInstance("m6i.large"), region: "us-east-2", usd("0.096"), per: .hour,
    asOf: "2026-01-31",
    source: "a public bill of January 2026, row USE2-BoxUsage:m6i.large, two for 142.85",
    confidence: .secondary),
  Price(
    .computeInstance("m5a.large"), region: "us-east-1", usd("0.086"), per: .hour,
    asOf: "2024-07-01",
    source: "several public price tables, undated", confidence: .secondary),
  Price(
    .computeInstance("m5a.xlarge"), region: "us-east-1", usd("0.172"), per: .hour,
    asOf: "2024-07-01",
    source: "several public price tables, undated", confidence: .secondary),
  Price(
    .computeInstance("t4g.micro"), region: "us-east-1", usd("0.0084"), per: .hour,
    asOf: "2024-07-01",
    source: "several public price tables, undated", confidence: .secondary),
  Price(
    .computeInstance("t4g.small"), region: "us-east-1", usd("0.0168"), per: .hour,
    asOf: "2024-07-01",
    source: "several public price tables, undated", confidence: .secondary),
  Price(
    .computeInstance("t4g.medium"), region: "us-east-1", usd("0.0336"), per: .hour,
    asOf: "2024-07-01",
    source: "several public price tables, undated", confidence: .secondary),
  Price(
    .computeInstance("t4g.large"), region: "us-east-1", usd("0.0672"), per: .hour,
    asOf: "2024-07-01",
    source: "several public price tables, undated", confidence: .secondary),
]
