public import Manifests

/// Every kind of manifest, one line each.
public let allKinds: [any ManifestKind.Type] = [
  CostBudget.self,
  TierLimits.self,
  TaskSize.self,
  LifecycleRule.self,
  Schedule.self,
  LogRetention.self,
  VolumeType.self,
  DatabaseSize.self,
  Alarm.self,
  FileSystemThroughput.self,
  SnapshotPolicy.self,
  ImageRetention.self,
  FunctionSize.self,
  NodeGroupSize.self,
  Notification.self,
  AnomalyMonitor.self,
  NetworkEndpoint.self,
  DistributionClass.self,
  ClusterQuota.self,
  Cleanup.self,
  TableCapacity.self,
  StreamCapacity.self,
  Dashboard.self,
  Parking.self,
]

/// What the kinds take, for the reader of manifests and for `weir explain`.
public func kindSchemas() -> [KindSchema] { allKinds.map { $0.schema } }
