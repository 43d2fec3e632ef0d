import Foundation
import Testing

/// Who deleted what requests know by an identifier of AWS's alone.
@Suite("Deleted by somebody")
struct DeletedTests {
  @Test("what is gone is told with who, by the identifier that it was made with")
  func told() async throws {
    let scene = try await Scene(nil, seeded: false)
    let cases = ["SnapshotPolicy", "NetworkEndpoint"].map(ConformanceCase.init)
    var manifests = ConformanceCase.anchor
    for play in cases {
      try await scene.account("case.setup(aws)", script: play.script)
      manifests += "---\n" + (try play.manifests("first"))
    }
    let values = try await scene.account("case.values(aws)", script: cases[1].script)
    try scene.repository.write("manifests.yaml", manifests)
    try scene.repository.write(
      "weir.yaml",
      ConformanceCase.project(
        account: scene.account.id,
        values: try JSONDecoder().decode([String: String].self, from: Data(values.utf8))))
    try await scene.repository.commit("A policy of snapshots, and endpoints")
    try await scene.weir("apply", "--auto-approve", isQuiet: true)
    try await scene.aws(
      """
      [[aws('dlm').delete_lifecycle_policy(PolicyId=p['PolicyId']) \
      for p in aws('dlm').get_lifecycle_policies()['Policies']], \
      aws('ec2').delete_vpc_endpoints(VpcEndpointIds=[e['VpcEndpointId'] \
      for e in aws('ec2').describe_vpc_endpoints()['VpcEndpoints'] \
      if e['VpcEndpointType'] == 'Interface'])] and 0
      """)
    try await scene.account.forgetRequests()
    let told = try await scene.weir("drift", "--format", "json", exit: 2, isQuiet: true).output
    #expect(
      try await scene.aws(
        """
        sorted([d['address']['type'], d['by']['who'].split('/')[-1], d['by']['operation']] \
        for d in json.loads(text)['drift'])
        """, text: told)
          == #"""
          [["dlm/policy", "sandbox", "DeleteLifecyclePolicy"], \#
          ["ec2/vpc-endpoint", "sandbox", "DeleteVpcEndpoints"]]
          """#)
    // Two look-ups for a type: what was made, what was deleted.
    let asked = try await scene.account.requests().filter { $0.service == "cloudtrail" }
    #expect(asked.count == 4)
  }
}
