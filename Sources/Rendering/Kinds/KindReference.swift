public import Manifests

/// The reference of the kinds in Markdown, made from their schemas: `docs/kinds.md`.
public func kindReference(project: KindSchema, kinds: [KindSchema]) -> String {
  """
  # Kinds

  Made from the schemas by `RECORD=1 swift test --filter KindReference`; do not edit it by hand.

  Every manifest has the same frame:

  ```yaml
  apiVersion: weir/v1
  kind: CostBudget
  metadata:
    name: shop-monthly            # unique among the manifests of its kind
    environments: [prod]          # where it holds; else everywhere
    labels: {team: platform}      # free
    protect: true                 # what it makes is never deleted
    onRemove: restore             # when it has gone: restore, delete or keep
    onDrift: revert               # where others changed what it made: revert, keep or refuse
  spec: {}                        # as below
  overrides:
    staging: {}                   # merged over spec for that environment; null takes a field away
  ```

  `${name}` stands for a value of the environment, or for `${environment}`, `${account}` and `${region}`; `$${` is a plain
  `${`. Quantities carry their unit: `800 USD`, `85%`, `15m`, `2 GB`, `1 vCPU`, `20 Mbps`.

  """ + ([project] + kinds).map(section).joined(separator: "\n")
}

private func section(_ schema: KindSchema) -> String {
  """

  ## \(schema.kind)

  \(schema.doc)

  | field | holds | required | meaning |
  |---|---|---|---|
  \(rows(schema.spec, path: "").joined(separator: "\n"))

  """
}

private func rows(_ schema: ObjectSchema, path: String) -> [String] {
  schema.fields.flatMap { field -> [String] in
    let name = path.isEmpty ? field.name : "\(path).\(field.name)"
    let (phrase, inner, suffix) = shape(field.type)
    let required = field.isRequired ? "yes" : ""
    let row = "| `\(name)` | \(cell(phrase)) | \(required) | \(cell(field.doc)) |"
    return [row] + (inner.map { rows($0, path: name + suffix) } ?? [])
  }
}

/// A type in words, the object within it, and what its path adds: `[]` for a list, `.*` for free keys.
private func shape(_ type: FieldType) -> (phrase: String, inner: ObjectSchema?, suffix: String) {
  switch type {
  case .list(let element, _):
    let (phrase, inner, suffix) = shape(element)
    return ("a list, each \(phrase)", inner, "[]" + suffix)
  case .map(let value):
    let (phrase, inner, suffix) = shape(value)
    return ("a mapping with free keys, each \(phrase)", inner, ".*" + suffix)
  case .object(let schema): return (type.phrase, schema, "")
  default: return (type.phrase, nil, "")
  }
}

private func cell(_ text: String) -> String {
  text.split(whereSeparator: \.isNewline).joined(separator: " ").replacing("|", with: "\\|")
}
