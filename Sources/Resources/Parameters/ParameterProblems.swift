internal import Model

/// What Systems Manager would refuse about a write (API description of ssm, PutParameter).
struct ParameterProblems {
  private let write: ResourceWrite

  /// The problems of a write.
  init(_ write: ResourceWrite) { self.write = write }

  /// The problems.
  var all: [ResourceProblem] { name + kind + size + text }

  private var name: [ResourceProblem] {
    guard write.live == nil else { return [] }
    var problems: [ResourceProblem] = []
    if !ParameterName.isLegal(write.name) {
      problems.append(
        ResourceProblem(
          nil,
          "The name of a parameter has letters, digits and \"_\", \".\", \"-\", \"/\" only, at most"
            + " \(ParameterName.longest) of them."))
    }
    if write.name.contains("/"), !write.name.hasPrefix("/") {
      problems.append(
        ResourceProblem(nil, "The name of a parameter with a path begins with \"/\"."))
    }
    let first = write.name.split(separator: "/").first?.lowercased() ?? ""
    if first.hasPrefix("aws") || first.hasPrefix("ssm") {
      problems.append(
        ResourceProblem(nil, "The name of a parameter must not begin with \"aws\" or \"ssm\"."))
    }
    if write.set["value"] == nil {
      problems.append(ResourceProblem("value", "A new parameter needs a value."))
    }
    return problems
  }

  private var kind: [ResourceProblem] {
    var problems: [ResourceProblem] = []
    if let tier = write.set["tier"] {
      if tier != "Standard", tier != "Advanced" {
        problems.append(ResourceProblem("tier", "The tier is Standard or Advanced."))
      } else if tier == "Standard", write.live?.attributes["tier"] == "Advanced" {
        problems.append(
          ResourceProblem(
            "tier",
            "AWS does not turn an Advanced parameter back into a Standard one: delete it and"
              + " create it anew."))
      }
    }
    if let type = write.set["type"] {
      if !["String", "StringList", "SecureString"].contains(type.string ?? "") {
        problems.append(ResourceProblem("type", "The type is String, StringList or SecureString."))
      } else if let live = write.live?.attributes["type"], live != type {
        problems.append(
          ResourceProblem(
            "type", "AWS does not change the type of a parameter: delete it and create it anew."))
      }
    }
    return problems
  }

  private var size: [ResourceProblem] {
    guard !write.touched.isDisjoint(with: ["value", "tier"]),
      let bytes = write.result["value"].flatMap(ParameterValue.text)?.utf8.count
    else { return [] }
    let isAdvanced = write.result["tier"] == "Advanced"
    let limit = isAdvanced ? 8192 : 4096
    guard bytes > limit else { return [] }
    return [
      ResourceProblem(
        "value",
        "The value has \(bytes) bytes; the tier \(isAdvanced ? "Advanced" : "Standard")"
          + " takes at most \(limit)."
          + (isAdvanced || bytes > 8192 ? "" : " The tier Advanced takes 8192 and is billed."))
    ]
  }

  private var text: [ResourceProblem] {
    var problems: [ResourceProblem] = []
    if let text = write.set["value"].flatMap(ParameterValue.text) {
      if text.isEmpty { problems.append(ResourceProblem("value", "The value must not be empty.")) }
      if let opened = text.firstRange(of: "{{"), text[opened.upperBound...].contains("}}") {
        problems.append(
          ResourceProblem("value", "AWS refuses \"{{\" in a value: parameters cannot be nested."))
      }
    }
    if (write.set["description"]?.string?.count ?? 0) > 1024 {
      problems.append(
        ResourceProblem("description", "The description has at most 1024 characters."))
    }
    return problems
  }
}
