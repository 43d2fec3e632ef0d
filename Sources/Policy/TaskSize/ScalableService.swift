internal import Model

/// An ECS service, and what Application Auto Scaling holds of it.
struct ScalableService: Hashable {
  /// The cluster's name.
  let cluster: String
  /// The service's name.
  let service: String

  /// The service itself.
  var address: Address { Address("ecs/service", "\(cluster)/\(service)") }

  /// The scalable target: API description of application-autoscaling, ResourceId and
  /// ScalableDimension.
  var target: Address { Address("application-autoscaling/target", identity) }

  /// A capacity provider of the cluster.
  func provider(_ name: String) -> Address { Address("ecs/cluster-provider", "\(cluster)/\(name)") }

  /// Application Auto Scaling, where somebody else had it move the count.
  var rival: Rival {
    Rival(
      target,
      remark: "Application Auto Scaling (min {minCapacity}, max {maxCapacity}) also moves the"
        + " count: give the TaskSize `scaling` with these bounds, or leave out `count`, else the two"
        + " undo each other's work.")
  }

  /// All scaling policies of the target.
  var policies: Address { Address("application-autoscaling/target-policies", identity) }

  /// A scaling policy of the target.
  func policy(_ name: String) -> Address {
    Address("application-autoscaling/policy", "\(identity)#\(name)")
  }

  /// A scheduled action of the target.
  func action(_ name: String) -> Address {
    Address("application-autoscaling/scheduled-action", "\(identity)#\(name)")
  }

  private var identity: String { "ecs:service:DesiredCount/service/\(cluster)/\(service)" }
}
