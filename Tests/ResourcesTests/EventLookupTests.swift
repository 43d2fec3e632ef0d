import Foundation
import Model
import Pricing
import Testing

@testable import Resources

/// Who made a drift, by CloudTrail.
@Suite struct EventLookupTests {
  private let service = Address("ecs/service", "web/api")
  private let noon = Date(timeIntervalSince1970: 1_787_142_600)

  private func drift(
    _ address: Address, of path: String = "desiredCount", isMissing: Bool = false
  ) -> Drift {
    Drift(
      address: address, fields: [FieldChange(path: path, before: 1, after: 2)],
      isMissing: isMissing, serial: 3, isReverted: true)
  }

  /// An event of LookupEvents' answer, some seconds after the apply.
  private func event(
    _ name: String, _ request: String, after seconds: Int, by who: String = "bob",
    agent: String = "console.amazonaws.com", error: String? = nil, readOnly: String = "false",
    answer: String = "null"
  ) -> Value {
    let code = error.map { #","errorCode":"\#($0)""# } ?? ""
    return [
      "EventName": .string(name), "ReadOnly": .string(readOnly), "Username": .string(who),
      "EventTime": .number(Decimal(noon.timeIntervalSince1970) + Decimal(seconds)),
      "CloudTrailEvent": .string(
        #"""
        {"userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::123456789012:user/\#(who)"},\#
        "sourceIPAddress":"203.0.113.9","userAgent":"\#(agent)","requestParameters":\#(request),\#
        "responseElements":\#(answer)\#(code)}
        """#),
    ]
  }

  private let api = #"{"cluster":"web","service":"api","desiredCount":9}"#

  private func find(
    _ drifts: [Drift], _ aws: FakeAWS, live: [Address: LiveResource] = [:],
    mostRequests: Int = EventLookup.mostRequests
  ) async throws -> [Address: Attribution] {
    let types = allResourceTypes(
      client: aws, account: "123456789012", region: "us-east-2", prices: .builtIn)
    return try await EventLookup(
      client: aws, schemas: Dictionary(uniqueKeysWithValues: types.map { ($0.type, $0) }),
      mostRequests: mostRequests
    ).attributions(of: drifts, live: live, applied: [3: noon])
  }

  /// Answers with these events, those of the operation that is asked for, in pages of two.
  private func aws(_ events: [Value]) -> FakeAWS {
    FakeAWS { _, input in
      let name = input["LookupAttributes"]?.list?.first?["AttributeValue"]
      return page(events.filter { $0["EventName"] == name }, of: "Events", size: 2, input)
    }
  }

  private func known(_ attribution: Attribution?) -> WriteEvent? {
    if case .known(let event)? = attribution { event } else { nil }
  }

  @Test func isTheNewestWriteToTheResource() async throws {
    let aws = aws([
      event("UpdateService", #"{"cluster":"web","service":"other"}"#, after: 90, by: "eve"),
      event("UpdateService", api, after: 60, by: "ann"),
      event("UpdateService", api, after: 30, by: "bob"),
    ])
    let found = try await find([drift(service)], aws)
    #expect(
      known(found[service])
        == WriteEvent(
          who: "arn:aws:iam::123456789012:user/ann", operation: "UpdateService",
          time: noon.addingTimeInterval(60)))
    let asked = aws.inputs(of: "LookupEvents")
    #expect(asked.allSatisfy { $0["MaxResults"] == 50 && $0["StartTime"] == 1_787_142_600 })
    #expect(asked.allSatisfy { $0["LookupAttributes"]?.list?.count == 1 })
  }

  @Test(arguments: [
    #"{"cluster":"arn:aws:ecs:us-east-2:123456789012:cluster/web","service":"arn:aws:ecs:us-east-2:123456789012:service/web/api","desiredCount":2}"#,
    #"{"cluster":"web","serviceName":"api"}"#,
  ])
  func knowsTheOtherNamesOfAService(_ request: String) async throws {
    let name = request.contains("serviceName") ? "CreateService" : "UpdateService"
    let found = try await find([drift(service)], aws([event(name, request, after: 5)]))
    #expect(known(found[service])?.operation == name)
  }

  @Test func leavesOutFailuresReadsOlderEventsAndWeirItself() async throws {
    let events = [
      event("UpdateService", api, after: 90, by: "failed", error: "AccessDenied"),
      event("UpdateService", api, after: 80, by: "read", readOnly: "true"),
      event("UpdateService", api, after: 70, by: "ci", agent: "weir/0.1.0"),
      event("UpdateService", api, after: 40, by: "bob"),
      event("UpdateService", api, after: -5, by: "old"),
    ]
    #expect(
      known(try await find([drift(service)], aws(events))[service])?.who.hasSuffix("/bob") == true)
    let own = try await find([drift(service)], aws(Array(events.prefix(3))))
    #expect(known(own[service])?.who.hasSuffix("/ci") == true)
    let none = try await find([drift(service)], aws([events[4]]))
    #expect(
      none[service]
        == .unknown(
          "CloudTrail has no such event; new ones take some minutes, old ones go after 90 days"))
  }

  @Test func passesOverRequestsThatCannotHaveMadeIt() async throws {
    let size = #"{"cluster":"web","service":"api","taskDefinition":"api:7"}"#
    let events = [
      event("UpdateService", api, after: 60, by: "counts"),
      event("UpdateService", size, after: 30, by: "sizes"),
      event(
        "UpdateService", #"{"cluster":"web","service":"api","forceNewDeployment":true}"#, after: 90),
    ]
    let found = try await find([drift(service, of: "cpu")], aws(events))
    #expect(known(found[service])?.who.hasSuffix("/sizes") == true)
    let function = Address("lambda/function", "resize")
    let aws = aws([event("PutFunctionConcurrency20171031", #"{"functionName":"resize"}"#, after: 9)]
    )
    let memory = try await find([drift(function, of: "memory")], aws)
    #expect(known(memory[function]) == nil)
    // What cannot have made it is not even asked for.
    #expect(aws.calls.count == 1)
    let concurrency = try await find([drift(function, of: "reservedConcurrency")], aws)
    #expect(known(concurrency[function])?.operation == "PutFunctionConcurrency20171031")
  }

  @Test func asksForDeletionsOfWhatHasGone() async throws {
    let aws = aws([event("DeleteService", api, after: 5)])
    let found = try await find([drift(service, isMissing: true)], aws)
    #expect(known(found[service])?.operation == "DeleteService")
    #expect(aws.calls.count == 1)
  }

  /// Requests that know the resource by an identifier of AWS's alone.
  @Test(arguments: [
    ("dlm/policy", "nightly", "policyID", "UpdateLifecyclePolicy", #"{"policyId":"x-1"}"#),
    (
      "ec2/vpc-endpoint", "vpc-1/interface/ecr.dkr", "id", "ModifyVpcEndpoint",
      #"{"ModifyVpcEndpointRequest":{"VpcEndpointId":"x-1"}}"#
    ),
  ])
  func knowsResourcesByTheirIdentifiers(
    _ type: String, _ name: String, _ entry: String, _ operation: String, _ request: String
  ) async throws {
    let address = Address(type, name)
    let aws = aws([event(operation, request, after: 5)])
    let live = [address: LiveResource(attributes: [:], context: [entry: "x-1"])]
    #expect(
      known(try await find([drift(address)], aws, live: live)[address])?.operation == operation)
    #expect(known(try await find([drift(address)], aws)[address]) == nil)
  }

  /// What is gone is known by the identifier that it got when it was made, or was found with.
  @Test(arguments: [
    (
      "dlm/policy", "nightly", "policyID", "DeleteLifecyclePolicy", #"{"policyId":"x-2"}"#,
      "CreateLifecyclePolicy", #"{"Tags":{"weir:name":"nightly"}}"#, #"{"PolicyId":"x-2"}"#
    ),
    (
      "ce/anomaly-monitor", "web", "arn", "DeleteAnomalyMonitor", #"{"monitorArn":"x-2"}"#,
      "CreateAnomalyMonitor", #"{"anomalyMonitor":{"monitorName":"web"}}"#,
      #"{"monitorArn":"x-2"}"#
    ),
    (
      "ce/anomaly-subscription", "web", "arn", "DeleteAnomalySubscription",
      #"{"subscriptionArn":"x-2"}"#, "CreateAnomalySubscription",
      #"{"anomalySubscription":{"subscriptionName":"web"}}"#, #"{"subscriptionArn":"x-2"}"#
    ),
    (
      "ec2/vpc-endpoint", "vpc-1/interface/ecr.dkr", "id", "DeleteVpcEndpoints",
      #"{"DeleteVpcEndpointsRequest":{"VpcEndpointId":[{"tag":1,"content":"x-1"},{"tag":2,"content":"x-2"}]}}"#,
      "CreateVpcEndpoint",
      #"{"CreateVpcEndpointRequest":{"VpcId":"vpc-1","ServiceName":"ecr.dkr","VpcEndpointType":"Interface"}}"#,
      #"{"CreateVpcEndpointResponse":{"vpcEndpoint":{"vpcEndpointId":"x-2"}}}"#
    ),
  ])
  func knowsWhatIsGoneByItsIdentifier(
    _ type: String, _ name: String, _ entry: String, _ deletion: String, _ request: String,
    _ making: String, _ wish: String, _ answer: String
  ) async throws {
    let address = Address(type, name)
    let gone = [drift(address, isMissing: true)]
    let deleted = event(deletion, request, after: 60)
    let made = event(making, wish, after: -9000, agent: "weir/0.1.0", answer: answer)
    let aws = aws([deleted, made])
    #expect(known(try await find(gone, aws)[address])?.operation == deletion)
    #expect(aws.calls.count == 2)
    let live = [address: LiveResource(attributes: [:], context: [entry: "x-2"])]
    let found = try await find(gone, self.aws([deleted]), live: live)
    #expect(known(found[address])?.operation == deletion)
    #expect(known(try await find(gone, self.aws([deleted]))[address]) == nil)
  }

  @Test func oneQuestionDoesForAllResourcesOfAType() async throws {
    let names = (0..<40).map { "api\($0)" }
    let drifts = names.map { drift(Address("ecs/service", "web/\($0)")) }
    let events = names.map {
      event("UpdateService", #"{"cluster":"web","service":"\#($0)","desiredCount":2}"#, after: 9)
    }
    let aws = FakeAWS { _, input in
      let name = input["LookupAttributes"]?.list?.first?["AttributeValue"]
      return page(events.filter { $0["EventName"] == name }, of: "Events", size: 50, input)
    }
    let found = try await find(drifts, aws)
    #expect(found.values.compactMap { known($0) }.count == 40)
    #expect(aws.calls.count == 2)
  }

  @Test func stopsAtTheMostRequestsAndSaysSo() async throws {
    let others = (0..<30).map {
      event("UpdateService", #"{"cluster":"web","service":"x\#($0)"}"#, after: 100 - $0)
    }
    let aws = aws(others)
    let found = try await find([drift(service)], aws, mostRequests: 5)
    #expect(aws.calls.count == 5)
    guard case .unknown(let reason)? = found[service] else {
      Issue.record("it was found")
      return
    }
    #expect(reason.contains("look-ups"))
  }

  @Test(arguments: ["AccessDeniedException", "InternalFailure"])
  func aRefusalIsNoFailureAndEndsTheAsking(_ code: String) async throws {
    let aws = FakeAWS { _, _ in throw FakeFailure(code: code) }
    let budget = Address("budgets/budget", "web")
    let found = try await find([drift(service), drift(budget)], aws)
    #expect(aws.calls.count == 1)
    #expect(found.count == 2)
    #expect(
      found[service]
        == .unknown(
          code == "InternalFailure"
            ? "CloudTrail could not be read: InternalFailure"
            : "these credentials may not read CloudTrail (cloudtrail:LookupEvents)"))
  }

  /// The operations that change a resource, and how each type is named in a request.
  @Test(arguments: [
    (
      "budgets/budget", "web", "limit", "UpdateBudget",
      #"{"accountId":"1","newBudget":{"budgetName":"web"}}"#
    ),
    (
      "budgets/budget", "web", "notifications.ACTUAL > 80%", "CreateSubscriber",
      #"{"budgetName":"web"}"#
    ),
    ("ssm/parameter", "/a/b", "value", "PutParameter", #"{"name":"/a/b"}"#),
    ("s3/lifecycle", "data", "rules.old", "PutBucketLifecycle", #"{"bucketName":"data"}"#),
    (
      "application-autoscaling/target", "ecs:service:DesiredCount/service/web/api",
      "minCapacity", "RegisterScalableTarget",
      #"{"scalableDimension":"ecs:service:DesiredCount","resourceId":"service/web/api","minCapacity":1}"#
    ),
    (
      "application-autoscaling/policy", "ecs:service:DesiredCount/service/web/api#cpu",
      "targetValue", "PutScalingPolicy",
      #"{"scalableDimension":"ecs:service:DesiredCount","resourceId":"service/web/api","policyName":"cpu"}"#
    ),
    (
      "application-autoscaling/scheduled-action", "ecs:service:DesiredCount/service/web/api#up",
      "minCapacity", "PutScheduledAction",
      #"{"scalableDimension":"ecs:service:DesiredCount","resourceId":"service/web/api","scheduledActionName":"up"}"#
    ),
  ])
  func everyTypeIsFoundByItsRequest(
    _ type: String, _ name: String, _ path: String, _ operation: String, _ request: String
  ) async throws {
    let address = Address(type, name)
    let found = try await find(
      [drift(address, of: path)], aws([event(operation, request, after: 1)]))
    #expect(known(found[address])?.operation == operation)
  }

  @Test func everyTypeSaysWhatWritesToIt() {
    for type in allResourceTypes(
      client: FakeAWS { _, _ in [:] }, account: "1", region: "us-east-2", prices: .builtIn)
    where !(type is any DeletedResourceType) {
      #expect(type.writeEvents?.changing.isEmpty == false, "\(type.type)")
      #expect(type.writeEvents?.deleting.isEmpty == false, "\(type.type)")
    }
  }
}
