public import Model
internal import YAMLReader

/// Objects of Kubernetes as YAML documents, or as a List in JSON.
///
/// - Throws: ``ErrorFacts`` for a form that no reader of such objects knows.
public func render(kubernetes objects: [Value], format: OutputFormat) throws -> String {
  switch format {
  case .text: try writeYAML(objects)
  case .json: try jsonText(["apiVersion": "v1", "kind": "List", "items": .list(objects)] as Value)
  case .markdown, .html:
    throw ErrorFacts(
      "no such form", detail: "Objects of Kubernetes are written as YAML (text) or JSON.",
      hint: "Leave out `--format`, or write `--format json`.")
  }
}
