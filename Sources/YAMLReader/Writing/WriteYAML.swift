import CYAML
internal import Foundation
public import Model

/// What cannot be written as YAML.
public struct YAMLWritingError: Error, Hashable {
  /// What libyaml says, or which value has no form.
  public let reason: String
}

/// Values as a stream of YAML documents, keys sorted, two spaces of indent.
///
/// A text that any reader of YAML 1.1 or 1.2 could take for something else stands in quotes.
///
/// - Throws: ``YAMLWritingError`` for bytes and for what is sensitive, which has no form.
public func writeYAML(_ documents: [Value]) throws -> String {
  var emitter = unsafe yaml_emitter_t()
  guard unsafe yaml_emitter_initialize(&emitter) == 1 else {
    throw YAMLWritingError(reason: "out of memory")
  }
  defer { unsafe yaml_emitter_delete(&emitter) }
  var output = Data()
  // The pointer is good in this closure alone, and the emitter writes in it alone.
  return try unsafe withUnsafeMutablePointer(to: &output) { output in
    unsafe yaml_emitter_set_output(
      &emitter,
      { target, bytes, count in
        guard let target = unsafe target, let bytes = unsafe bytes else { return 0 }
        unsafe target.assumingMemoryBound(to: Data.self).pointee.append(bytes, count: count)
        return 1
      }, output)
    unsafe yaml_emitter_set_unicode(&emitter, 1)
    unsafe yaml_emitter_set_width(&emitter, -1)
    func emit(_ initialize: (UnsafeMutablePointer<yaml_event_t>) -> Int32) throws {
      var event = unsafe yaml_event_t()
      guard unsafe initialize(&event) == 1, unsafe yaml_emitter_emit(&emitter, &event) == 1 else {
        let problem = unsafe emitter.problem
        throw YAMLWritingError(
          reason: unsafe problem.map { unsafe String(cString: $0) } ?? "out of memory")
      }
    }
    func emit(text: String, style: yaml_scalar_style_t) throws {
      var bytes = Array(text.utf8)
      try unsafe bytes.withUnsafeMutableBufferPointer { bytes in
        try unsafe emit {
          unsafe yaml_scalar_event_initialize(
            $0, nil, nil, bytes.baseAddress, Int32(bytes.count), 1, 1, style)
        }
      }
    }
    func emit(_ value: Value) throws {
      switch value {
      case .null: try emit(text: "null", style: YAML_PLAIN_SCALAR_STYLE)
      case .bool(let truth): try emit(text: "\(truth)", style: YAML_PLAIN_SCALAR_STYLE)
      case .number(let number):
        try emit(text: number.description, style: YAML_PLAIN_SCALAR_STYLE)
      case .string(let text): try emit(text: text, style: style(of: text))
      case .list(let elements):
        try unsafe emit {
          unsafe yaml_sequence_start_event_initialize(
            $0, nil, nil, 1, elements.isEmpty ? YAML_FLOW_SEQUENCE_STYLE : YAML_BLOCK_SEQUENCE_STYLE
          )
        }
        for element in elements { try emit(element) }
        try unsafe emit { unsafe yaml_sequence_end_event_initialize($0) }
      case .map(let members):
        try unsafe emit {
          unsafe yaml_mapping_start_event_initialize(
            $0, nil, nil, 1, members.isEmpty ? YAML_FLOW_MAPPING_STYLE : YAML_BLOCK_MAPPING_STYLE)
        }
        for (key, value) in members.sorted(by: { $0.key < $1.key }) {
          try emit(text: key, style: style(of: key))
          try emit(value)
        }
        try unsafe emit { unsafe yaml_mapping_end_event_initialize($0) }
      case .bytes: throw YAMLWritingError(reason: "bytes have no form in YAML here")
      case .sensitive: throw YAMLWritingError(reason: "what is sensitive is not written")
      }
    }
    try unsafe emit { unsafe yaml_stream_start_event_initialize($0, YAML_UTF8_ENCODING) }
    for document in documents {
      try unsafe emit { unsafe yaml_document_start_event_initialize($0, nil, nil, nil, 0) }
      try emit(document)
      try unsafe emit { unsafe yaml_document_end_event_initialize($0, 1) }
    }
    try unsafe emit { unsafe yaml_stream_end_event_initialize($0) }
    return unsafe String(decoding: output.pointee, as: UTF8.self)
  }
}

/// How a text stands: bare where it can be nothing else, on lines of its own where it has several.
private func style(of text: String) -> yaml_scalar_style_t {
  if text.contains("\n") { return YAML_LITERAL_SCALAR_STYLE }
  let words = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"]
  let isPlain =
    text.wholeMatch(of: /[A-Za-z\/][A-Za-z0-9_.\/@-]*( [A-Za-z0-9_.\/@,;-]+)*/) != nil
    && !words.contains(text.lowercased())
  return isPlain ? YAML_PLAIN_SCALAR_STYLE : YAML_DOUBLE_QUOTED_SCALAR_STYLE
}
