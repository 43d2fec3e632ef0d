internal import Model

/// `sagemaker/notebook`: a notebook instance of SageMaker. Its name is the notebook instance's.
///
/// Attribute: `state`, `running` or `stopped`; one that is on its way there counts as there. Context:
/// `instanceType`, `status`.
///
/// Reads take one request for a hundred notebook instances of the account, or one for each where that is
/// fewer (API description of sagemaker, ListNotebookInstances: MaxResults 1 to 100). Selectors: `tags`,
/// which the Resource Groups Tagging API lists and each notebook instance found is asked for once more.
struct NotebookType: ExistingResourceType {
  /// The account, region and prices, and the client that calls AWS.
  let scope: ResourceScope

  var type: String { "sagemaker/notebook" }
  var noun: String { "notebook instances" }

  var writeEvents: WriteEvents? {
    WriteEvents(
      changing: ["StartNotebookInstance", "StopNotebookInstance"],
      deleting: ["DeleteNotebookInstance"]
    ) { request in
      [request["notebookInstanceName"]?.string].compactMap { $0 }
    }
  }

  func permissions(_ access: Access, on names: [String]) -> [IAMPermission] {
    // ARNs have the name in small letters.
    let notebooks = names.map {
      scope.arn("sagemaker", "notebook-instance/\($0.lowercased())")
    }
    return switch access {
    case .read:
      [
        IAMPermission(
          ["sagemaker:ListNotebookInstances"]
            + (names.contains("*") ? ["tag:GetResources"] : [])),
        IAMPermission(
          ["sagemaker:DescribeNotebookInstance"]
            + (names.contains("*") ? ["sagemaker:ListTags"] : []), on: notebooks),
      ]
    case .write:
      [
        IAMPermission(
          ["sagemaker:StartNotebookInstance", "sagemaker:StopNotebookInstance"], on: notebooks)
      ]
    }
  }

  /// API description of sagemaker, StartNotebookInstance and StopNotebookInstance.
  func problems(with write: ResourceWrite) -> [ResourceProblem] {
    guard write.set["state"] != nil, let status = write.live?.context["status"]?.string,
      !["InService", "Stopped", "Failed"].contains(status)
    else { return [] }
    return [
      ResourceProblem(
        "state", "Its status is \(status): until that is over AWS starts and stops it not.",
        severity: .warning)
    ]
  }

  func monthlyCost(attributes: [String: Value], context: [String: Value]) -> MonthlyCost {
    attributes["state"] == "running"
      ? .unknown("no price for \(context["instanceType"]?.string ?? "notebook") instances") : .zero
  }

  func read(_ names: Set<String>) async throws -> [String: LiveResource] {
    resources(
      try await listedOrNamed(names, by: "NotebookInstanceName") { token in
        var input: [String: Value] = ["MaxResults": 100]
        input["NextToken"] = token
        let page = try await scope.client.call("sagemaker", "ListNotebookInstances", .map(input))
        return (page["NotebookInstances"]?.elements ?? [], page["NextToken"])
      } one: { name in
        // AWS has no code of its own for one that is not there.
        try await scope.client.call(
          "sagemaker", "DescribeNotebookInstance", ["NotebookInstanceName": .string(name)],
          nilIf: "ValidationException")
      })
  }

  /// ARNs have the names in small letters. The tagging API follows after a while: the tags are asked for once
  /// more, of the notebook instance itself.
  func find(_ selector: ResourceSelector) async throws -> [String: LiveResource] {
    guard let filter = TagFilter(selector) else { return [:] }
    let tagged = try await inParallel(scope.tagged(["sagemaker:notebook-instance"], filter)) {
      notebook in
      let tags = try await scope.client.all(
        "sagemaker", "ListTags", ["ResourceArn": .string(notebook.arn), "MaxResults": 50],
        items: "Tags", noneIf: "ValidationException")
      return filter.matches(Value.list(tags).tags)
        ? String(resourcePart(ofARN: notebook.arn).dropFirst("notebook-instance/".count)) : nil
    }
    let names = Set(tagged.compactMap { $0 })
    if names.isEmpty { return [:] }
    let all = try await scope.client.all(
      "sagemaker", "ListNotebookInstances", ["MaxResults": 100], items: "NotebookInstances")
    return resources(all).filter { names.contains($0.key.lowercased()) }
  }

  func update(_ write: ResourceWrite) async throws {
    guard let state = write.set["state"] else { return }
    _ = try await scope.client.call(
      "sagemaker", state == "stopped" ? "StopNotebookInstance" : "StartNotebookInstance",
      ["NotebookInstanceName": .string(write.name)])
  }

  private func resources(_ notebooks: [Value]) -> [String: LiveResource] {
    Dictionary(
      notebooks.compactMap { notebook in
        notebook["NotebookInstanceName"]?.string.map { ($0, resource(notebook)) }
      }, uniquingKeysWith: { first, _ in first })
  }

  private func resource(_ notebook: Value) -> LiveResource {
    let status = notebook["NotebookInstanceStatus"]?.string ?? ""
    let isStopped = ["Stopping", "Stopped", "Failed"].contains(status)
    let context: [String: Value] = [
      "instanceType": notebook["InstanceType"] ?? .null, "status": .string(status),
    ]
    return LiveResource(
      attributes: ["state": isStopped ? "stopped" : "running"], context: context.without())
  }
}
