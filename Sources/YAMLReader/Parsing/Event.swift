import Model

/// One step through a YAML stream, in plain Swift values.
enum Event {
  case streamStart
  case streamEnd
  case documentStart
  case documentEnd
  case alias(String)
  case scalar(Properties, text: String, isPlain: Bool)
  case sequenceStart(Properties, isFlow: Bool)
  case sequenceEnd
  case mappingStart(Properties, isFlow: Bool)
  case mappingEnd

  /// What may stand before a node.
  struct Properties {
    /// The name after `&`.
    let anchor: String?
    /// The tag, written out: `tag:yaml.org,2002:str` for `!!str`.
    let tag: String?
  }
}

/// A step, and where it stands.
struct LocatedEvent {
  let event: Event
  let start: SourcePosition
  let end: SourcePosition
}
