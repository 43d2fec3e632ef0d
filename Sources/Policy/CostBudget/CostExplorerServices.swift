internal import Manifests
internal import Model

/// The names by which Cost Explorer and Budgets know services, by the names that people use.
///
/// Cost Explorer's names are neither the service codes of the price list (AmazonEC2) nor always the
/// products' names. AWS publishes no list; these are the values of the SERVICE dimension as public
/// samples of `ce:GetCostAndUsage` show them, and not all could be checked. What EC2's console
/// counts as EC2 is two services: instances, and all else (volumes, snapshots, NAT gateways,
/// addresses) in "EC2 - Other".
private let services: [String: [String]] = [
  "AmazonAPIGateway": ["Amazon API Gateway"],
  "AmazonAthena": ["Amazon Athena"],
  "AmazonCloudFront": ["Amazon CloudFront"],
  "AmazonCloudWatch": ["AmazonCloudWatch"],
  "AmazonDynamoDB": ["Amazon DynamoDB"],
  "AmazonEBS": ["EC2 - Other"],
  "AmazonEC2": ["Amazon Elastic Compute Cloud - Compute", "EC2 - Other"],
  "AmazonECR": ["Amazon EC2 Container Registry (ECR)"],
  "AmazonECS": ["Amazon Elastic Container Service"],
  "AmazonEFS": ["Amazon Elastic File System"],
  "AmazonEKS": ["Amazon Elastic Container Service for Kubernetes"],
  "AmazonElastiCache": ["Amazon ElastiCache"],
  "AmazonKinesis": ["Amazon Kinesis"],
  "AmazonMSK": ["Amazon Managed Streaming for Apache Kafka"],
  "AmazonOpenSearch": ["Amazon OpenSearch Service"],
  "AmazonRDS": ["Amazon Relational Database Service"],
  "AmazonRedshift": ["Amazon Redshift"],
  "AmazonRoute53": ["Amazon Route 53"],
  "AmazonS3": ["Amazon Simple Storage Service"],
  "AmazonSES": ["Amazon Simple Email Service"],
  "AmazonSNS": ["Amazon Simple Notification Service"],
  "AmazonSQS": ["Amazon Simple Queue Service"],
  "AmazonSageMaker": ["Amazon SageMaker"],
  "AmazonVPC": ["Amazon Virtual Private Cloud"],
  "AWSBackup": ["AWS Backup"],
  "AWSCloudTrail": ["AWS CloudTrail"],
  "AWSConfig": ["AWS Config"],
  "AWSCostExplorer": ["AWS Cost Explorer"],
  "AWSELB": ["Amazon Elastic Load Balancing"],
  "AWSGlue": ["AWS Glue"],
  "AWSKMS": ["AWS Key Management Service"],
  "AWSLambda": ["AWS Lambda"],
  "AWSSecretsManager": ["AWS Secrets Manager"],
  "AWSStepFunctions": ["AWS Step Functions"],
  "AWSSystemsManager": ["AWS Systems Manager"],
  "AWSWAF": ["AWS WAF"],
]

/// The names of Cost Explorer that a manifest means: those of the table for a short name, and
/// Cost Explorer's own names as they are.
func costExplorerNames(
  of service: Located<String>, into diagnostics: inout Diagnostics
) -> [String] {
  let name = service.value
  if let names = services[name] { return names }
  let known = Set(services.values.joined())
  if known.contains(name) { return [name] }
  let candidates = services.keys.sorted() + known.sorted()
  let hint = nearestName(to: name, among: candidates).map { "Did you mean `\($0)`?" }
  if name.hasPrefix("Amazon ") || name.hasPrefix("AWS ") {
    diagnostics.add(
      warning: "a service that Weir does not know", at: service.range,
      detail: "`\(name)` is taken as Cost Explorer's own name. If it has no service of that name,"
        + " the budget counts nothing of it.", hint: hint)
    return [name]
  }
  diagnostics.add(
    error: "unknown service", at: service.range,
    detail: "`\(name)` is neither a short name such as AmazonEC2, AmazonS3 or AWSLambda nor a name"
      + " of Cost Explorer such as Amazon Simple Storage Service.", hint: hint)
  return []
}
