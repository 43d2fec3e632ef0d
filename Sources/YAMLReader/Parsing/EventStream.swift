import CYAML
import Model

/// The steps through a YAML stream, as libyaml finds them.
///
/// Safe: it owns the parser and a copy of the input, both at fixed addresses, and frees each once;
/// all that it hands out is copied.
@safe
struct EventStream: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeMutableBufferPointer<UInt8>
  private let file: SourceFile

  /// A stream over a file of valid UTF-8.
  init(_ file: SourceFile) {
    self.file = file
    unsafe parser = .allocate(capacity: 1)
    unsafe parser.initialize(to: yaml_parser_t())
    unsafe input = .allocate(capacity: file.bytes.count)
    _ = unsafe input.initialize(from: file.bytes)
    // Where there is no memory the parser stays in its error state, which `next` reports.
    guard unsafe yaml_parser_initialize(parser) == 1 else { return }
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    unsafe yaml_parser_set_input_string(parser, input.baseAddress, input.count)
  }

  deinit {
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
    unsafe input.deallocate()
  }

  /// The next step.
  ///
  /// - Throws: what libyaml says about the text, at its line and column.
  func next() throws(Diagnostic) -> LocatedEvent {
    var event = unsafe yaml_event_t()
    guard unsafe yaml_parser_parse(parser, &event) == 1, unsafe event.type != YAML_NO_EVENT else {
      throw failure()
    }
    defer { unsafe yaml_event_delete(&event) }
    return unsafe LocatedEvent(
      event: Event(event), start: SourcePosition(event.start_mark),
      end: SourcePosition(event.end_mark))
  }

  /// What libyaml last complained about.
  private func failure() -> Diagnostic {
    let kind = unsafe parser.pointee.error
    let problem = unsafe string(parser.pointee.problem) ?? "out of memory"
    var place =
      unsafe kind == YAML_READER_ERROR
      ? file.position(atByte: parser.pointee.problem_offset)
      : SourcePosition(parser.pointee.problem_mark)
    var detail = "libyaml says: \(problem)"
    if let context = unsafe string(parser.pointee.context) {
      let start = unsafe SourcePosition(parser.pointee.context_mark)
      detail += ", \(context) (which begins at line \(start.line), column \(start.column))"
      // What was never closed is better shown where it was opened than where the file ends.
      if file.isAtEnd(place) { place = start }
    }
    return syntaxError(problem: problem, detail: detail + ".", at: place, in: file)
  }
}

extension Event {
  /// A copy of libyaml's event.
  fileprivate init(_ event: yaml_event_t) {
    let data = unsafe event.data
    switch unsafe event.type {
    case YAML_STREAM_START_EVENT: self = .streamStart
    case YAML_DOCUMENT_START_EVENT: self = .documentStart
    case YAML_DOCUMENT_END_EVENT: self = .documentEnd
    case YAML_ALIAS_EVENT: self = .alias(unsafe string(data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT:
      let scalar = unsafe data.scalar
      let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      self = .scalar(
        unsafe Properties(anchor: string(scalar.anchor), tag: string(scalar.tag)),
        text: unsafe String(decoding: bytes, as: UTF8.self),
        isPlain: unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE)
    case YAML_SEQUENCE_START_EVENT:
      let start = unsafe data.sequence_start
      self = .sequenceStart(
        unsafe Properties(anchor: string(start.anchor), tag: string(start.tag)),
        isFlow: unsafe start.style == YAML_FLOW_SEQUENCE_STYLE)
    case YAML_SEQUENCE_END_EVENT: self = .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      let start = unsafe data.mapping_start
      self = .mappingStart(
        unsafe Properties(anchor: string(start.anchor), tag: string(start.tag)),
        isFlow: unsafe start.style == YAML_FLOW_MAPPING_STYLE)
    case YAML_MAPPING_END_EVENT: self = .mappingEnd
    default: self = .streamEnd
    }
  }
}

extension SourcePosition {
  /// libyaml counts from 0.
  fileprivate init(_ mark: yaml_mark_t) {
    self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }
}

private func string(_ text: UnsafePointer<CChar>?) -> String? {
  unsafe text.map { unsafe String(cString: $0) }
}

private func string(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? {
  unsafe text.map { unsafe String(cString: $0) }
}
