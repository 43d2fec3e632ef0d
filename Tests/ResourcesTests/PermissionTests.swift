import Model
import Pricing
import Testing

@testable import Resources

/// The least that types ask of IAM.
@Suite struct PermissionTests {
  private func actions(_ type: String, _ access: Access, _ names: String...) -> Set<String> {
    Set(resourceType(type).permissions(access, on: names).flatMap(\.actions))
  }

  /// What a manifest names is not looked for by its tags.
  @Test(arguments: [
    ("kinesis/stream", "kinesis:ListTagsForStream"), ("kinesis/stream", "tag:GetResources"),
    ("dynamodb/table", "dynamodb:ListTagsOfResource"), ("dynamodb/table", "tag:GetResources"),
  ])
  func tagsAreReadForSelectorsAlone(_ type: String, _ action: String) {
    #expect(actions(type, .read, "*").contains(action))
    #expect(!actions(type, .read, "orders").contains(action))
  }

  @Test func scalingThatIsPutBackMakesItsAlarms() {
    #expect(
      actions("sagemaker/endpoint", .write, "ranking").isSuperset(of: [
        "cloudwatch:DescribeAlarms", "cloudwatch:PutMetricAlarm", "cloudwatch:DeleteAlarms",
      ]))
  }

  /// Every action that hangs on attributes is one that the type asks for.
  @Test func actionsOfAttributesAreAskedFor() {
    let aws = FakeAWS { _, _ in throw FakeFailure(code: "NotCalled") }
    let types = allResourceTypes(
      client: aws, account: "123456789012", region: "us-east-1", prices: .builtIn)
    for type in types where !type.attributesByAction.isEmpty {
      let asked = type.permissions(.write, on: ["policy-0a"]).flatMap(\.actions)
      #expect(Set(asked).isSuperset(of: type.attributesByAction.keys), "\(type.type)")
    }
    #expect(types.contains { $0.attributesByAction["iam:PassRole"] == ["executionRole"] })
    #expect(
      resourceType("ec2/vpc-endpoint").attributesByAction
        == ["route53:AssociateVPCWithHostedZone": ["privateDNS"]])
  }
}
