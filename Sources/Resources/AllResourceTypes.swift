internal import AWSClient
public import Foundation
public import Model
public import Pricing

/// Every resource type, for one account and region.
///
/// - Parameters:
///   - client: calls AWS.
///   - account: the account's ID, which Budgets wants in every request.
///   - region: the region that the resources are in and are priced for.
///   - prices: what things cost.
///   - now: the time, by which AWS takes what begins later.
public func allResourceTypes(
  client: any AWSCaller, account: String, region: String, prices: PriceCatalog,
  now: @escaping @Sendable () -> Date = { Date() }
) -> [any ResourceType] {
  let scope = ResourceScope(
    client: client, account: account, region: region, prices: prices, now: now)
  let anomalyMonitors = AnomalyMonitorList(client: client)
  return [
    AlarmType(scope: scope),
    AlarmDefinitionType(scope: scope),
    ScalingPolicyType(scope: scope),
    TargetPoliciesType(scope: scope),
    ScalableTargetType(scope: scope),
    ScheduledActionType(scope: scope),
    BudgetType(scope: scope),
    InstanceType(scope: scope),
    InferenceEndpointType(scope: scope),
    NotebookType(scope: scope),
    ServiceType(scope: scope),
    ClusterProviderType(scope: scope),
    LifecycleType(scope: scope),
    TieringType(scope: scope),
    LogGroupType(scope: scope),
    ParameterType(scope: scope),
    VolumeType(scope: scope),
    DatabaseInstanceType(scope: scope),
    DatabaseClusterType(scope: scope),
    FileSystemType(scope: scope),
    SnapshotPolicyType(scope: scope),
    ImageRetentionType(scope: scope),
    FunctionType(scope: scope),
    NodeGroupType(scope: scope),
    TopicType(scope: scope),
    SubscriptionType(scope: scope),
    AnomalyMonitorType(scope: scope, list: anomalyMonitors),
    AnomalySubscriptionType(scope: scope, list: anomalyMonitors),
    EndpointType(scope: scope),
    DistributionType(scope: scope),
    UnattachedVolumeType(scope: scope),
    SnapshotType(scope: scope),
    AddressType(scope: scope),
    MultipartUploadType(scope: scope),
    TableType(scope: scope),
    StreamType(scope: scope),
    DashboardType(scope: scope),
    RoleType(scope: scope, use: .schedules),
    RoleType(scope: scope, use: .snapshots),
    ScheduleType(scope: scope),
  ]
}

/// What every resource type works with.
struct ResourceScope: Sendable {
  /// Calls AWS.
  let client: any AWSCaller
  /// The account's ID.
  let account: String
  /// The region.
  let region: String
  /// What things cost.
  let prices: PriceCatalog
  /// The time.
  var now: @Sendable () -> Date = { Date() }

  /// An ARN of this account and region.
  ///
  /// - Parameters:
  ///   - service: as ARNs name it.
  ///   - resource: all behind the account.
  func arn(_ service: String, _ resource: String) -> String {
    "\(partitioned(service)):\(region):\(account):\(resource)"
  }

  /// An ARN without a region: of IAM, Budgets, CloudFront.
  func globalARN(_ service: String, _ resource: String) -> String {
    "\(partitioned(service))::\(account):\(resource)"
  }

  /// An ARN of this region without an account: of EBS snapshots.
  func accountlessARN(_ service: String, _ resource: String) -> String {
    "\(partitioned(service)):\(region)::\(resource)"
  }

  /// The ARN of a bucket, which names neither region nor account.
  func bucketARN(_ bucket: String) -> String { "\(partitioned("s3")):::\(bucket)" }

  private func partitioned(_ service: String) -> String {
    "arn:\(partitionName(ofRegion: region)):\(service)"
  }
}
