/// Something that AWS bills by quantity, named as in AWS's price list.
public struct PricedItem: Hashable, Sendable {
  /// The service in AWS's price list: `AmazonECS`.
  public let service: String
  /// The item: the price list's usage type without its region prefix.
  public let name: String

  /// The item `name` of `service`.
  public init(service: String, name: String) {
    self.service = service
    self.name = name
  }

  /// A vCPU of a Linux task on x86.
  public static let fargateCPU = fargate("Fargate-vCPU-Hours:perCPU")
  /// A GB of memory of a Linux task on x86.
  public static let fargateMemory = fargate("Fargate-GB-Hours")
  /// A vCPU of a Linux task on ARM.
  public static let fargateARMCPU = fargate("Fargate-ARM-vCPU-Hours:perCPU")
  /// A GB of memory of a Linux task on ARM.
  public static let fargateARMMemory = fargate("Fargate-ARM-GB-Hours")
  /// A vCPU of a Windows task, without the licence.
  public static let fargateWindowsCPU = fargate("Fargate-Windows-vCPU-Hours:perCPU")
  /// A GB of memory of a Windows task.
  public static let fargateWindowsMemory = fargate("Fargate-Windows-GB-Hours")
  /// The Windows licence for a vCPU.
  public static let fargateWindowsLicense = fargate("Fargate-Windows-OS-Hours:perCPU")
  /// A GB of a task's ephemeral storage above the 20 that are free.
  public static let fargateEphemeralStorage = fargate("Fargate-EphemeralStorage-GB-Hours")

  /// An alarm metric with a period of 60 seconds or more.
  public static let alarm = PricedItem(service: "AmazonCloudWatch", name: "CW:AlarmMonitorUsage")
  /// An alarm metric with a shorter period.
  public static let highResolutionAlarm = PricedItem(
    service: "AmazonCloudWatch", name: "CW:HighResAlarmMonitorUsage")

  /// A GB of stored, compressed logs.
  public static let logStorage = PricedItem(
    service: "AmazonCloudWatch", name: "TimedStorage-ByteHrs")

  /// A parameter of the Advanced tier.
  public static let advancedParameter = PricedItem(
    service: "AWSSystemsManager", name: "PS-Advanced-Param-Tier1")
  /// A parameter of the Standard tier.
  public static let standardParameter = PricedItem(
    service: "AWSSystemsManager", name: "PS-Standard-Param")

  /// A budget without actions.
  public static let budget = PricedItem(service: "AWSBudgets", name: "Budget")
  /// A scalable target of Application Auto Scaling.
  public static let scalableTarget = PricedItem(
    service: "ApplicationAutoScaling", name: "ScalableTarget")
  /// A scaling policy, without the alarms that it makes.
  public static let scalingPolicy = PricedItem(
    service: "ApplicationAutoScaling", name: "ScalingPolicy")
  /// A schedule of EventBridge Scheduler that runs some times a day.
  public static let schedule = PricedItem(service: "AWSEvents", name: "Scheduler")
  /// A scheduled action of Application Auto Scaling.
  public static let scheduledAction = PricedItem(
    service: "ApplicationAutoScaling", name: "ScheduledAction")

  /// A GB of a gp2 volume.
  public static let gp2Storage = volume("EBS:VolumeUsage.gp2")
  /// A GB of a gp3 volume.
  public static let gp3Storage = volume("EBS:VolumeUsage.gp3")
  /// One of the IOPS of a gp3 volume beyond 3,000.
  public static let gp3IOPS = volume("EBS:VolumeP-IOPS.gp3")
  /// A MiB/s of a gp3 volume beyond 125.
  public static let gp3Throughput = volume("EBS:VolumeP-Throughput.gp3")
  /// A GB of an io1 volume.
  public static let io1Storage = volume("EBS:VolumeUsage.piops")
  /// One of the IOPS of an io1 volume.
  public static let io1IOPS = volume("EBS:VolumeP-IOPS.piops")
  /// A GB of an st1 volume.
  public static let st1Storage = volume("EBS:VolumeUsage.st1")
  /// A GB of an sc1 volume.
  public static let sc1Storage = volume("EBS:VolumeUsage.sc1")
  /// A GB of a magnetic volume.
  public static let magneticStorage = volume("EBS:VolumeUsage")
  /// A GB of a snapshot in the standard tier.
  public static let snapshotStorage = volume("EBS:SnapshotUsage")
  /// A public IPv4 address that is not in use.
  public static let idleAddress = volume("ElasticIP:IdleAddress")

  /// A GB of a file system's Standard storage.
  public static let fileStorage = fileSystem("TimedStorage-ByteHrs")
  /// A GB of a file system's Standard storage in one zone.
  public static let oneZoneFileStorage = fileSystem("TimedStorage-Z-ByteHrs")
  /// A GB of a file system's Infrequent Access storage.
  public static let infrequentFileStorage = fileSystem("IATimedStorage-ByteHrs")
  /// A MiB/s of throughput beyond what the storage includes.
  public static let fileThroughput = fileSystem("ProvisionedTP-MiBpsHrs")

  private static func volume(_ name: String) -> PricedItem {
    PricedItem(service: "AmazonEC2", name: name)
  }

  private static func fileSystem(_ name: String) -> PricedItem {
    PricedItem(service: "AmazonEFS", name: name)
  }

  /// An instance of RDS or Aurora, by its class and engine.
  public static func databaseInstance(
    _ instanceClass: String, engine: String, isMultiAZ: Bool
  ) -> PricedItem {
    database("\(isMultiAZ ? "Multi-AZUsage" : "InstanceUsage"):\(instanceClass):\(engine)")
  }
  /// A GB of the storage of an RDS instance, by its type.
  public static func databaseStorage(_ type: String, isMultiAZ: Bool) -> PricedItem {
    database("RDS:\(isMultiAZ ? "Multi-AZ-" : "")\(type)-Storage")
  }
  /// One of the IOPS of an RDS instance, by the type of its storage.
  public static func databaseIOPS(_ type: String, isMultiAZ: Bool) -> PricedItem {
    database("RDS:\(isMultiAZ ? "Multi-AZ-" : "")\(type)-IOPS")
  }
  /// An Aurora capacity unit of Serverless v2.
  public static let auroraCapacity = database("Aurora:ServerlessV2Usage")

  /// A GB of provisioned concurrency of Lambda on x86.
  public static let provisionedConcurrency = PricedItem(
    service: "AWSLambda", name: "Lambda-Provisioned-Concurrency")
  /// A GB of provisioned concurrency of Lambda on ARM.
  public static let provisionedConcurrencyARM = PricedItem(
    service: "AWSLambda", name: "Lambda-Provisioned-Concurrency-ARM")

  /// A Linux instance of EC2 on demand, by its type.
  public static func computeInstance(_ type: String) -> PricedItem {
    PricedItem(service: "AmazonEC2", name: "BoxUsage:\(type)")
  }

  /// An instance of SageMaker that hosts a model, by its type.
  public static func hostedInstance(_ type: String) -> PricedItem {
    PricedItem(service: "AmazonSageMaker", name: "Host:\(type)")
  }

  private static func database(_ name: String) -> PricedItem {
    PricedItem(service: "AmazonRDS", name: name)
  }
  /// A gateway endpoint of a VPC.
  public static let gatewayEndpoint = PricedItem(service: "AmazonVPC", name: "VpcEndpoint-Gateway")
  /// An interface endpoint of a VPC in one availability zone.
  public static let interfaceEndpoint = PricedItem(service: "AmazonVPC", name: "VpcEndpoint-Hours")
  /// A GB through an interface endpoint.
  public static let interfaceEndpointData = PricedItem(
    service: "AmazonVPC", name: "VpcEndpoint-Bytes")
  /// A read capacity unit of a provisioned DynamoDB table.
  public static let readCapacity = PricedItem(
    service: "AmazonDynamoDB", name: "ReadCapacityUnit-Hrs")
  /// A write capacity unit of a provisioned DynamoDB table.
  public static let writeCapacity = PricedItem(
    service: "AmazonDynamoDB", name: "WriteCapacityUnit-Hrs")

  /// A shard of a provisioned Kinesis stream.
  public static let shard = PricedItem(service: "AmazonKinesis", name: "Storage-ShardHour")
  /// A shard that keeps its records for more than a day, and up to seven.
  public static let extendedRetention = PricedItem(
    service: "AmazonKinesis", name: "Extended-ShardHour")
  /// A Kinesis stream on demand, without what goes through it.
  public static let onDemandStream = PricedItem(
    service: "AmazonKinesis", name: "OnDemand-StreamHour")

  /// A dashboard of CloudWatch.
  public static let dashboard = PricedItem(
    service: "AmazonCloudWatch", name: "DashboardsUsageHour")

  /// A GB through a NAT gateway.
  public static let natGatewayData = PricedItem(service: "AmazonEC2", name: "NatGateway-Bytes")

  private static func fargate(_ name: String) -> PricedItem {
    PricedItem(service: "AmazonECS", name: name)
  }
}
