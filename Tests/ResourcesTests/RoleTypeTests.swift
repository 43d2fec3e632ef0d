import Foundation
import Model
import Testing

@testable import Resources

@Suite struct RoleTypeTests {
  private func trusting(_ principal: String) -> Value {
    let text = "{\"Statement\": [{\"Effect\": \"Allow\", \"Principal\": \(principal)}]}"
    return [
      "Role": [
        "AssumeRolePolicyDocument": .string(
          text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
      ]
    ]
  }

  private func problem(_ answer: @escaping @Sendable () throws -> Value) async throws
    -> ResourceProblem?
  {
    let type = resourceType("iam/role", FakeAWS { _, _ in try answer() })
    let live = try await type.read(["scheduler"])
    return type.shortfall(of: "scheduler", live: live["scheduler"])
  }

  @Test func willDoWhereItTrustsTheScheduler() async throws {
    let (one, many) = (
      trusting("{\"Service\": \"scheduler.amazonaws.com\"}"),
      trusting("{\"Service\": [\"a\", \"scheduler.amazonaws.com\"]}")
    )
    #expect(try await problem { one } == nil)
    #expect(try await problem { many } == nil)
  }

  @Test func snapshotsHaveTheirOwnRoleWithItsPath() async throws {
    let aws = FakeAWS { [answer = trusting("{\"Service\": \"dlm.amazonaws.com\"}")] _, input in
      input["RoleName"] == "Backup" ? answer : .null
    }
    let type = resourceType("iam/snapshot-role", aws)
    let name = "service-role/Backup"
    let live = try await type.read([name])
    #expect(type.shortfall(of: name, live: live[name]) == nil)
    #expect(type.shortfall(of: name, live: nil)?.message.contains("create-default-role") == true)
    #expect(
      type.permissions(.read, on: [name]).map(\.resources)
        == [["arn:aws:iam::123456789012:role/service-role/Backup"]])
  }

  @Test func aNameWithoutItsPathIsNoARN() async throws {
    let arn = "arn:aws:iam::123456789012:role/team/weir"
    var role =
      trusting("{\"Service\": \"scheduler.amazonaws.com\"}")["Role"]?.members.without() ?? [:]
    role["Arn"] = .string(arn)
    let type = resourceType("iam/role", FakeAWS { [role] _, _ in ["Role": .map(role)] })
    let live = try await type.read(["weir", "team/weir"])
    let problem = type.shortfall(of: "weir", live: live["weir"])
    #expect(problem?.severity == .error && problem?.message.contains("Write \(arn).") == true)
    #expect(type.shortfall(of: "team/weir", live: live["team/weir"]) == nil)
    #expect(type.permissions(.write, on: ["team/weir"]).map(\.resources) == [[arn]])
  }

  @Test func tellsWhyItWillNotDo() async throws {
    let other = trusting("{\"Service\": \"ec2.amazonaws.com\"}")
    #expect(try await problem { other }?.message.contains("does not trust") == true)
    #expect(try await problem { throw FakeFailure(code: "NoSuchEntity") }?.severity == .error)
    let hidden = try await problem { throw FakeFailure(code: "AccessDenied") }
    #expect(hidden?.severity == .warning && hidden?.message.contains("iam:GetRole") == true)
    await #expect(throws: FakeFailure(code: "ServiceFailure")) {
      try await problem { throw FakeFailure(code: "ServiceFailure") }
    }
  }
}
