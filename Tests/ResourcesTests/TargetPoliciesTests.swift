import Foundation
import Model
import Testing

@testable import Resources

@Suite struct TargetPoliciesTests {
  private let kind = "application-autoscaling/target-policies"
  private let target = "ecs:service:DesiredCount/service/web/api"

  private func problem(own: Set<Address>) async throws -> ResourceProblem? {
    let policies: [Value] = [
      ["PolicyName": "cpu", "PolicyType": "TargetTrackingScaling"],
      ["PolicyName": "above", "PolicyType": "StepScaling"],
      ["PolicyName": "memory", "PolicyType": "TargetTrackingScaling"],
    ]
    let aws = FakeAWS { _, _ in ["ScalingPolicies": .list(policies)] }
    let type = resourceType(kind, aws)
    let live = try await type.read([target])
    #expect(
      aws.inputs(of: "DescribeScalingPolicies") == [
        [
          "ServiceNamespace": "ecs", "ResourceId": "service/web/api",
          "ScalableDimension": "ecs:service:DesiredCount",
        ]
      ])
    return type.shortfall(of: target, live: live[target], beside: own)
  }

  @Test func tellsOfTargetTrackingOfOthersBesideSteps() async throws {
    func own(_ names: String...) -> Set<Address> {
      Set(names.map { Address("application-autoscaling/policy", "\(target)#\($0)") })
    }
    let other = try await problem(own: own("cpu", "above"))
    #expect(other?.severity == .warning)
    #expect(other?.message.contains("the same tasks: \"memory\".") == true)
    #expect(try await problem(own: own("cpu", "memory")) == nil)
    #expect(resourceType(kind).shortfall(of: target, live: nil, beside: []) == nil)
  }
}
