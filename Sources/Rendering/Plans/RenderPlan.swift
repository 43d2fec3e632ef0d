public import Model

/// A plan in one of the four forms. All show the same facts.
///
/// - Parameter digest: the plan's digest, shown where it is given: twelve digits of it in text, all
///   in the other forms.
/// - Throws: `EncodingError` in JSON, for instance for a secret in clear text.
public func render(plan: Plan, digest: String?, format: OutputFormat, style: TextStyle) throws
  -> String
{
  switch format {
  case .text: PlanText(plan: plan, digest: digest, style: style).text
  case .json: try jsonText(DigestedPlan(plan: plan, digest: digest))
  case .markdown: PlanMarkdown(plan: plan, digest: digest).text
  case .html: Document(plan: plan, digest: digest).html
  }
}

/// A plan's own JSON with its digest added.
private struct DigestedPlan: Encodable {
  let plan: Plan
  let digest: String?

  private enum Key: String, CodingKey { case digest }

  func encode(to encoder: any Encoder) throws {
    try plan.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encodeIfPresent(digest, forKey: .digest)
  }
}
