internal import Foundation

/// The built-in prices: public list prices on demand, in USD, without free tiers, taxes and
/// agreements. A price that is not in here is shown as unknown.
let builtInPrices: [Price] = generalPrices + databasePrices + computePrices + dataPrices

private let generalPrices: [Price] = [
  // Fargate, us-east-1.
  Price(
    .fargateCPU, region: "us-east-1", usd("0.04048"), per: .vCPUHour, asOf: "2026-08-19",
    source: "AWS price list, copy of 2026-08-19", confidence: .official),
  Price(
    .fargateMemory, region: "us-east-1", usd("0.004445"), per: .gigabyteHour, asOf: "2026-08-19",
    source: "AWS price list, copy of 2026-08-19", confidence: .official),
  Price(
    .fargateARMCPU, region: "us-east-1", usd("0.03238"), per: .vCPUHour, asOf: "2022-11-21",
    source: "AWS price list 20221121182130, row USE1-Fargate-ARM-vCPU-Hours:perCPU;"
      + " the same at vantage.sh/blog/fargate-pricing",
    confidence: .official),
  Price(
    .fargateARMMemory, region: "us-east-1", usd("0.00356"), per: .gigabyteHour,
    asOf: "2022-11-21",
    source: "AWS price list 20221121182130, row USE1-Fargate-ARM-GB-Hours;"
      + " the same at vantage.sh/blog/fargate-pricing",
    confidence: .official),
  Price(
    .fargateWindowsCPU, region: "us-east-1", usd("0.046552"), per: .vCPUHour, asOf: "2026-06-01",
    source: "fallback rates of a public cost tool, read from AWS's price list in 2026-06"
      + " (replaces 0.09148 of 2022)",
    confidence: .secondary),
  Price(
    .fargateWindowsMemory, region: "us-east-1", usd("0.00511175"), per: .gigabyteHour,
    asOf: "2026-06-01",
    source: "fallback rates of a public cost tool, read from AWS's price list in 2026-06"
      + " (replaces 0.01005 of 2022)",
    confidence: .secondary),
  Price(
    .fargateWindowsLicense, region: "us-east-1", usd("0.046"), per: .vCPUHour, asOf: "2026-06-01",
    source: "fallback rates of a public cost tool, read from AWS's price list in 2026-06;"
      + " the same at vantage.sh/blog/fargate-pricing",
    confidence: .secondary),
  Price(
    .fargateEphemeralStorage, region: "us-east-1", usd("0.000111"), per: .gigabyteHour,
    asOf: "2026-03-10",
    source: "wring.co/blog/aws-fargate-pricing-guide; vantage.sh/blog/fargate-pricing",
    confidence: .secondary),

  // Fargate, us-east-2.
  Price(
    .fargateCPU, region: "us-east-2", usd("0.04048"), per: .vCPUHour, asOf: "2026-09-10",
    source: "AWS price list, row USE2-Fargate-vCPU-Hours:perCPU, as read on 2026-09-10 for a"
      + " public capacity report; the same in notes on AWS's calculator of 2026-09-24",
    confidence: .secondary),
  Price(
    .fargateMemory, region: "us-east-2", usd("0.004445"), per: .gigabyteHour, asOf: "2026-09-10",
    source: "AWS price list, row USE2-Fargate-GB-Hours, as read on 2026-09-10 for a public"
      + " capacity report; the same in notes on AWS's calculator of 2026-09-24",
    confidence: .secondary),
  Price(
    .fargateARMCPU, region: "us-east-2", usd("0.03238"), per: .vCPUHour, asOf: "2026-09-10",
    source: "AWS price list, row USE2-Fargate-ARM-vCPU-Hours:perCPU, as read on 2026-09-10 for a"
      + " public capacity report",
    confidence: .secondary),
  Price(
    .fargateARMMemory, region: "us-east-2", usd("0.00356"), per: .gigabyteHour,
    asOf: "2026-09-10",
    source: "AWS price list, row USE2-Fargate-ARM-GB-Hours, as read on 2026-09-10 for a public"
      + " capacity report",
    confidence: .secondary),
  Price(
    .fargateWindowsCPU, region: "us-east-2", usd("0.046552"), per: .vCPUHour, asOf: "2026-09-24",
    source: "AWS price list, as retold in notes on AWS's calculator of 2026-09-24",
    confidence: .secondary),
  Price(
    .fargateWindowsMemory, region: "us-east-2", usd("0.00511175"), per: .gigabyteHour,
    asOf: "2026-09-24",
    source: "AWS price list, as retold in notes on AWS's calculator of 2026-09-24",
    confidence: .secondary),
  Price(
    .fargateWindowsLicense, region: "us-east-2", usd("0.046"), per: .vCPUHour,
    asOf: "2026-09-24",
    source: "AWS price list, as retold in notes on AWS's calculator of 2026-09-24",
    confidence: .secondary),
  Price(
    .fargateEphemeralStorage, region: "us-east-2", usd("0.000111"), per: .gigabyteHour,
    asOf: "2026-09-24",
    source: "AWS price list, as retold in notes on AWS's calculator of 2026-09-24",
    confidence: .secondary),

  // Alarms, without the first ten of an account, which are free.
  Price(
    .alarm, region: "us-east-1", usd("0.10"), per: .month, asOf: "2024-07-01",
    source: "Infracost, golden file of cloudwatch_metric_alarm", confidence: .golden),
  Price(
    .highResolutionAlarm, region: "us-east-1", usd("0.30"), per: .month, asOf: "2024-07-01",
    source: "Infracost, golden file of cloudwatch_metric_alarm", confidence: .golden),
  Price(
    .alarm, region: "us-east-2", usd("0.10"), per: .month, asOf: "2024-07-01",
    source: "c3x.dev/resources/aws/aws_cloudwatch_metric_alarm, which names no region",
    confidence: .secondary),
  Price(
    .highResolutionAlarm, region: "us-east-2", usd("0.30"), per: .month, asOf: "2024-07-01",
    source: "c3x.dev/resources/aws/aws_cloudwatch_metric_alarm, which names no region",
    confidence: .secondary),

  // Dashboards, without the first three of an account, which are free. All regions have the same ones.
  Price(
    .dashboard, region: Price.everywhere, usd("3.00"), per: .month, asOf: "2024-07-01",
    source: "Infracost, golden file of cloudwatch_dashboard", confidence: .golden),

  // Logs.
  Price(
    .logStorage, region: "us-east-1", usd("0.03"), per: .gigabyteMonth, asOf: "2024-07-01",
    source: "Infracost, golden file of cloudwatch_log_group", confidence: .golden),

  // Volumes, snapshots, addresses and file systems, us-east-1.
  Price(
    .gp2Storage, region: "us-east-1", usd("0.10"), per: .gigabyteMonth, asOf: "2024-07-01",
    source: "Infracost, golden file of ebs_volume", confidence: .golden),
  Price(
    .gp3Storage, region: "us-east-1", usd("0.08"), per: .gigabyteMonth, asOf: "2024-07-01",
    source: "Infracost, golden file of ebs_volume", confidence: .golden),
  Price(
    .gp3IOPS, region: "us-east-1", usd("0.005"), per: .month, asOf: "2024-07-01",
    source: "Infracost, golden file of ebs_volume", confidence: .golden),
  Price(
    .gp3Throughput, region: "us-east-1", usd("0.04"), per: .month, asOf: "2024-07-01",
    source: "Infracost, golden file of ebs_volume", confidence: .golden),
  Price(
    .io1Storage, region: "us-east-1", usd("0.125"), per: .gigabyteMonth, asOf: "2024-07-01",
    source: "Infracost, golden file of ebs_volume", confidence: .golden),
  Price(
    .io1IOPS, region: "us-east-1", usd("0.065"), per: .month, asOf: "2024-07-01",
    source: "Infracost, golden file of ebs_volume", confidence: .golden),
  Price(
    .st1Storage, region: "us-east-1", usd("0.045"), per: .gigabyteMonth, asOf: "2024-07-01",
    source: "Infracost, golden file of ebs_volume", confidence: .golden),
  Price(
    .sc1Storage, region: "us-east-1", usd("0.015"), per: .gigabyteMonth, asOf: "2024-07-01",
    source: "Infracost, golden file of ebs_volume", confidence: .golden),
  Price(
    .magneticStorage, region: "us-east-1", usd("0.05"), per: .gigabyteMonth, asOf: "2024-07-01",
    source: "Infracost, golden file of ebs_volume", confidence: .golden),
  Price(
    .snapshotStorage, region: "us-east-1", usd("0.05"), per: .gigabyteMonth, asOf: "2024-07-01",
    source: "Infracost, golden file of ebs_snapshot", confidence: .golden),
  Price(
    .idleAddress, region: "us-east-1", usd("3.65"), per: .month, asOf: "2024-07-01",
    source: "Infracost, golden file of eip, 0.005 an hour", confidence: .golden),
  Price(
    .fileStorage, region: "us-east-1", usd("0.30"), per: .gigabyteMonth, asOf: "2024-07-01",
    source: "Infracost, golden file of efs_file_system", confidence: .golden),
  Price(
    .oneZoneFileStorage, region: "us-east-1", usd("0.16"), per: .gigabyteMonth, asOf: "2024-07-01",
    source: "Infracost, golden file of efs_file_system", confidence: .golden),
  Price(
    .infrequentFileStorage, region: "us-east-1", usd("0.025"), per: .gigabyteMonth,
    asOf: "2024-07-01",
    source: "Infracost, golden file of efs_file_system", confidence: .golden),
  Price(
    .fileThroughput, region: "us-east-1", usd("6.00"), per: .month, asOf: "2024-07-01",
    source: "Infracost, golden file of efs_file_system", confidence: .golden),

  // Volumes and addresses, us-east-2: no more of them are known.
  Price(
    .gp3Storage, region: "us-east-2", usd("0.08"), per: .gigabyteMonth, asOf: "2023-03-22",
    source: "AWS price list 20230322145651, row USE2-EBS:VolumeUsage.gp3, as kept in the tests of"
      + " opencost/opencost",
    confidence: .official),
  Price(
    .gp2Storage, region: "us-east-2", usd("0.10"), per: .gigabyteMonth, asOf: "2026-01-31",
    source: "a public bill of January 2026, row USE2-EBS:VolumeUsage.gp2, 100 GB for 10.00",
    confidence: .secondary),
  Price(
    .idleAddress, region: "us-east-2", usd("0.005"), per: .hour, asOf: "2024-02-01",
    source:
      "AWS, repost.aws/articles/ARknH_OR0cTvqoTfJrVGaB8A: each public IPv4 address, attached or not,"
      + " in all regions",
    confidence: .official),

  // Lambda.
  Price(
    .provisionedConcurrencyARM, region: "us-east-1", usd("0.0000033333"), per: .gigabyteSecond,
    asOf: "2024-07-01",
    source: "Infracost, golden file of lambda_provisioned_concurrency_config", confidence: .golden),

  // Parameters: aws.amazon.com/systems-manager/pricing has one price for all regions.
  Price(
    .advancedParameter, region: Price.everywhere, usd("0.05"), per: .month, asOf: "2025-10-21",
    source: "think-with-tech.blogspot.com/2025/10, and a public cost table that cites AWS's price"
      + " list, row USW1-PS-Advanced-Param-Tier1",
    confidence: .secondary),

  // Known to be free.
  Price(
    .standardParameter, region: Price.everywhere, 0, per: .month, asOf: "2026-08-19",
    source: "API description of ssm in botocore, PutParameter: \"Standard parameters are offered"
      + " at no additional cost\"",
    confidence: .official),
  Price(
    .budget, region: Price.everywhere, 0, per: .month, asOf: "2026-08-19",
    source: "AWS price list, AWSBudgets: only budgets with actions and reports are billed",
    confidence: .official),
  Price(
    .scalableTarget, region: Price.everywhere, 0, per: .month, asOf: "2026-08-19",
    source: "docs.aws.amazon.com/autoscaling/application/userguide: no fee beyond CloudWatch's",
    confidence: .official),
  Price(
    .scalingPolicy, region: Price.everywhere, 0, per: .month, asOf: "2026-08-19",
    source: "docs.aws.amazon.com/autoscaling/application/userguide: no fee beyond CloudWatch's",
    confidence: .official),
  Price(
    .schedule, region: Price.everywhere, 0, per: .month, asOf: "2026-03-13",
    source: "cloudburn.io/blog/amazon-eventbridge-pricing: 14 million runs a month are free",
    confidence: .secondary),
  Price(
    .scheduledAction, region: Price.everywhere, 0, per: .month, asOf: "2026-08-19",
    source: "docs.aws.amazon.com/autoscaling/application/userguide: no fee beyond CloudWatch's",
    confidence: .official),

  // Endpoints of VPCs, and what they save.
  Price(
    .gatewayEndpoint, region: Price.everywhere, 0, per: .month, asOf: "2024-10-18",
    source: "golden output of Infracost's tests, vpc_endpoint", confidence: .golden),
  Price(
    .interfaceEndpoint, region: "us-east-1", usd("0.01"), per: .hour, asOf: "2024-10-18",
    source: "golden output of Infracost's tests, vpc_endpoint", confidence: .golden),
  Price(
    .interfaceEndpointData, region: "us-east-1", usd("0.01"), per: .gigabyte, asOf: "2024-10-18",
    source: "golden output of Infracost's tests, vpc_endpoint (first PB)", confidence: .golden),
  Price(
    .natGatewayData, region: "us-east-1", usd("0.045"), per: .gigabyte, asOf: "2024-07-01",
    source: "golden output of Infracost's tests, nat_gateway", confidence: .golden),
]

/// An amount as it is written: never by way of binary floating point.
func usd(_ literal: String) -> Decimal {
  guard let amount = Decimal(string: literal, locale: Locale(identifier: "en_US_POSIX")) else {
    preconditionFailure("the catalog has an amount that is no number: \(literal)")
  }
  return amount
}
