extension RateFamily {
  /// The limits that AWS publishes, of the services that Weir calls. The true ones may be higher,
  /// because AWS raises them on request, or lower, because others use the account too: they are where
  /// a client starts, not where it stays.
  public static let published =
    ecs + cloudWatch + kinesis + lambda + [
      RateFamily(
        "Cost Explorer", RateLimit(perSecond: 1),
        [
          "ce": [
            "GetAnomalies", "GetAnomalyMonitors", "GetAnomalySubscriptions", "GetCostAndUsage",
            "GetCostCategories", "GetCostForecast", "GetDimensionValues",
            "GetRightsizingRecommendation", "GetTags", "GetUsageForecast",
          ]
        ], source: "no figure is published; 400 calls in a loop are throttled, botocore#1820"),
      RateFamily(
        "tagged resources", RateLimit(perSecond: 15),
        ["resourcegroupstaggingapi": ["GetResources"]],
        source: "docs.aws.amazon.com/tag-editor/latest/userguide/reference.md"),
      RateFamily(
        "CloudTrail events", RateLimit(perSecond: 2), ["cloudtrail": ["LookupEvents"]],
        source: "botocore: cloudtrail LookupEvents"),
    ]

  private static let ecs: [RateFamily] = [
    ecs("cluster changes", 20, 1, ["CreateCluster", "DeleteCluster", "UpdateCluster"]),
    ecs("cluster reads", 50, 20, ["DescribeClusters", "ListClusters"]),
    ecs("task definition changes", 20, 1, ["DeregisterTaskDefinition", "RegisterTaskDefinition"]),
    ecs(
      "task definition reads", 50, 20,
      ["DescribeTaskDefinition", "ListTaskDefinitionFamilies", "ListTaskDefinitions"]),
    ecs("task definition deletions", 5, 1, ["DeleteTaskDefinitions"]),
    ecs("service changes", 50, 5, ["CreateService", "DeleteService", "UpdateService"]),
    ecs("service reads", 100, 20, ["DescribeServices", "ListServices"]),
    ecs("service deployments", 50, 20, ["DescribeServiceDeployments", "ListServiceDeployments"]),
    ecs("task changes", 100, 40, ["RunTask", "StartTask", "StopTask"]),
    ecs(
      "task reads", 100, 20,
      ["DescribeContainerInstances", "DescribeTasks", "ListContainerInstances", "ListTasks"]),
    ecs("tag changes", 20, 10, ["TagResource", "UntagResource"]),
    ecs("tag reads", 50, 20, ["ListTagsForResource"]),
  ]

  private static let cloudWatch: [RateFamily] = [
    cloudWatch(
      "alarm reads", 9, ["DescribeAlarms"],
      // It asks CloudWatch for the alarms of the policies, and is refused when that is throttled.
      others: ["application-autoscaling": ["DescribeScalingPolicies"]],
      source: "\(cloudWatchPage); aws-sdk-go#1472"),
    cloudWatch("alarm definitions", 3, ["PutMetricAlarm"]),
    cloudWatch("alarm deletions", 3, ["DeleteAlarms"]),
    cloudWatch("alarm silencing", 3, ["DisableAlarmActions"]),
    cloudWatch("alarm waking", 3, ["EnableAlarmActions"]),
    cloudWatch("dashboard reads", 10, ["GetDashboard"]),
    cloudWatch("dashboard lists", 10, ["ListDashboards"]),
    cloudWatch("dashboard definitions", 10, ["PutDashboard"]),
    cloudWatch("dashboard deletions", 10, ["DeleteDashboards"]),
    cloudWatch("metric data reads", 50, ["GetMetricData"]),
    cloudWatch("metric lists", 25, ["ListMetrics"]),
    cloudWatch("metric data", 500, ["PutMetricData"]),
  ]

  private static let kinesis: [RateFamily] = [
    RateFamily(
      "Kinesis stream summaries", RateLimit(perSecond: 20), ["kinesis": ["DescribeStreamSummary"]],
      source: "botocore: kinesis DescribeStreamSummary"),
    RateFamily(
      "Kinesis stream lists", RateLimit(perSecond: 5), ["kinesis": ["ListStreams"]],
      source: "botocore: kinesis ListStreams"),
    RateFamily(
      "Kinesis limits", RateLimit(perSecond: 1), ["kinesis": ["DescribeLimits"]],
      source: "botocore: kinesis DescribeLimits"),
    RateFamily(
      "Kinesis shard counts", RateLimit(perSecond: 10), ["kinesis": ["UpdateShardCount"]],
      source: "botocore: kinesis UpdateShardCount"),
  ]

  private static let lambda: [RateFamily] = [
    RateFamily(
      "Lambda functions", RateLimit(perSecond: 100), ["lambda": ["GetFunction"]],
      source: lambdaPage),
    RateFamily(
      "Lambda control", RateLimit(perSecond: 15),
      [
        "lambda": [
          "DeleteFunctionConcurrency", "DeleteProvisionedConcurrencyConfig", "GetAccountSettings",
          "GetFunctionConcurrency", "GetFunctionConfiguration", "GetProvisionedConcurrencyConfig",
          "ListAliases", "ListFunctions", "ListProvisionedConcurrencyConfigs", "ListTags",
          "PutFunctionConcurrency", "PutProvisionedConcurrencyConfig", "TagResource",
          "UntagResource", "UpdateFunctionConfiguration",
        ]
      ], source: lambdaPage),
  ]

  private static func ecs(
    _ name: String, _ burst: Double, _ perSecond: Double, _ operations: Set<String>
  ) -> RateFamily {
    RateFamily(
      "ECS \(name)", RateLimit(burst: burst, perSecond: perSecond), ["ecs": operations],
      source: "docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html")
  }

  private static func cloudWatch(
    _ name: String, _ perSecond: Double, _ operations: Set<String>,
    others: [String: Set<String>] = [:], source: String = cloudWatchPage
  ) -> RateFamily {
    RateFamily(
      "CloudWatch \(name)", RateLimit(perSecond: perSecond),
      others.merging(["cloudwatch": operations]) { $1 }, source: source)
  }

  private static let cloudWatchPage =
    "docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html"
  private static let lambdaPage =
    "docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"
}
