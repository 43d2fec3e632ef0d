import Foundation
import Model
import Testing

@testable import Resources

private func endpoints(_ count: Int) -> FakeAWS {
  FakeAWS { operation, input in
    let vpcs = input["Filters"]?.list?.first?["Values"]?.texts ?? []
    precondition(operation == "DescribeVpcEndpoints" && vpcs.count <= 200)
    let found = vpcs.map { vpc -> Value in
      [
        "VpcEndpointId": .string("vpce-\(vpc)"), "VpcId": .string(vpc), "State": "available",
        "ServiceName": "com.amazonaws.us-east-1.s3", "VpcEndpointType": "Gateway",
        "RouteTableIds": ["rtb-2", "rtb-1"],
      ]
    }
    return page(found, of: "VpcEndpoints", size: 1000, input)
  }
}

@Suite struct EndpointTypeTests {
  @Test(arguments: [(1, 1), (200, 1), (201, 2), (1000, 5)])
  func readsTwoHundredNetworksARequest(count: Int, requests: Int) async throws {
    let aws = endpoints(count)
    let names = (0..<count).map { "vpc-\($0)/gateway/com.amazonaws.us-east-1.s3" }
    let found = try await resourceType("ec2/vpc-endpoint", aws).read(Set(names))
    #expect(found.count == count)
    #expect(found[names[0]]?.attributes == ["routeTables": ["rtb-1", "rtb-2"]])
    #expect(aws.calls.count == requests)
  }

  /// Two subnets at 0.01 USD an hour are 14.60 a month; a GB saves 0.045 - 0.01 USD.
  @Test func comparesWithTheNATGateway() {
    func remark(_ region: String) -> String {
      let write = ResourceWrite(
        name: "vpc-1/interface/com.amazonaws.\(region).ecr.dkr", live: nil,
        set: ["subnets": ["subnet-1", "subnet-2"]])
      return resourceType("ec2/vpc-endpoint", region: region).problems(with: write)
        .map(\.message).joined()
    }
    #expect(remark("us-east-1").contains("with private DNS it pays from 418 GB a month"))
    #expect(remark("us-east-1").contains("14.6 USD"))
    #expect(remark("us-east-2").contains("no price"))
  }

  @Test func withoutPrivateDNSItSavesNothing() {
    func remarks(_ set: [String: Value], live: LiveResource? = nil) -> [String] {
      let write = ResourceWrite(
        name: "vpc-1/interface/com.amazonaws.us-east-1.ecr.dkr", live: live,
        set: set.merging(["subnets": ["subnet-1"]]) { $1 })
      return resourceType("ec2/vpc-endpoint").problems(with: write).map(\.message)
    }
    func isTold(_ remarks: [String]) -> Bool {
      remarks.contains { $0.hasPrefix("Without private DNS") }
    }
    #expect(isTold(remarks([:])))
    #expect(isTold(remarks(["privateDNS": false])))
    let own = remarks(["privateDNS": true])
    #expect(!isTold(own) && own.contains { $0.contains("USD/GB: it pays from") })
    let live = LiveResource(attributes: ["privateDNS": false])
    #expect(!isTold(remarks([:], live: live)))
    #expect(isTold(remarks(["privateDNS": false], live: live)))
  }

  @Test func gatewaysAreFreeAndUnknownPricesStayUnknown() {
    let type = resourceType("ec2/vpc-endpoint")
    let free = type.monthlyCost(attributes: ["routeTables": ["rtb-1"]], context: [:])
    #expect(free.isKnown && free.amount == 0)
    let paid = type.monthlyCost(attributes: ["subnets": ["a", "b"]], context: [:])
    #expect(paid.amount == Decimal(string: "14.6") && !paid.isKnown)
  }
}
