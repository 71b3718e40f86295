import CYAML

/// The events of one YAML text, from libyaml: the only file that speaks to it.
///
/// The parser and the bytes it reads are freed with the stream, however the reading ends.
final class EventStream {
  /// The library's version.
  static var libraryVersion: String { String(cString: yaml_get_version_string()) }

  /// A place as libyaml counts: from 0, in characters.
  struct Position {
    let line: Int
    let column: Int

    init(_ mark: yaml_mark_t) {
      line = Int(clamping: mark.line)
      column = Int(clamping: mark.column)
    }
  }

  /// One step of the text.
  struct Event {
    enum Kind {
      case streamStart, streamEnd, documentStart, documentEnd
      case alias(String)
      case scalar(String, plain: Bool)
      case sequenceStart(flow: Bool)
      case sequenceEnd
      case mappingStart(flow: Bool)
      case mappingEnd
    }

    let kind: Kind
    var anchor: String?
    var tag: String?
    let start: Position
    let end: Position
  }

  /// Why libyaml cannot go on.
  struct Failure: Error {
    let problem: String
    let place: Position
    /// What it was doing and where that began.
    let context: String?
    let contextPlace: Position
  }

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeMutableBufferPointer<UInt8>
  private let isReady: Bool

  /// Begins to read UTF-8 text.
  init(_ text: String) {
    parser = .allocate(capacity: 1)
    input = .allocate(capacity: text.utf8.count)
    _ = input.initialize(from: text.utf8)
    isReady = yaml_parser_initialize(parser) == 1
    if isReady {
      yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
      yaml_parser_set_input_string(parser, input.baseAddress, input.count)
    }
  }

  deinit {
    if isReady { yaml_parser_delete(parser) }
    parser.deallocate()
    input.deallocate()
  }

  /// The next event.
  func next() throws(Failure) -> Event {
    var event = yaml_event_t()
    guard isReady, yaml_parser_parse(parser, &event) == 1 else { throw failure }
    defer { yaml_event_delete(&event) }
    var anchor: String?
    var tag: String?
    let kind: Event.Kind
    switch event.type {
    case YAML_DOCUMENT_START_EVENT: kind = .documentStart
    case YAML_DOCUMENT_END_EVENT: kind = .documentEnd
    case YAML_STREAM_START_EVENT: kind = .streamStart
    case YAML_ALIAS_EVENT: kind = .alias(EventStream.text(event.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let text = String(
        decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      kind = .scalar(text, plain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
      (anchor, tag) = (EventStream.text(scalar.anchor), EventStream.text(scalar.tag))
    case YAML_SEQUENCE_START_EVENT:
      let start = event.data.sequence_start
      kind = .sequenceStart(flow: start.style == YAML_FLOW_SEQUENCE_STYLE)
      (anchor, tag) = (EventStream.text(start.anchor), EventStream.text(start.tag))
    case YAML_SEQUENCE_END_EVENT: kind = .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      let start = event.data.mapping_start
      kind = .mappingStart(flow: start.style == YAML_FLOW_MAPPING_STYLE)
      (anchor, tag) = (EventStream.text(start.anchor), EventStream.text(start.tag))
    case YAML_MAPPING_END_EVENT: kind = .mappingEnd
    default: kind = .streamEnd
    }
    return Event(
      kind: kind, anchor: anchor, tag: tag, start: Position(event.start_mark), end: Position(event.end_mark))
  }

  private var failure: Failure {
    guard isReady else {
      return Failure(
        problem: "out of memory", place: Position(yaml_mark_t()), context: nil,
        contextPlace: Position(yaml_mark_t()))
    }
    let state = parser.pointee
    return Failure(
      problem: state.problem.map { String(cString: $0) } ?? "out of memory",
      place: Position(state.error == YAML_MEMORY_ERROR ? state.mark : state.problem_mark),
      context: state.context.map { String(cString: $0) }, contextPlace: Position(state.context_mark))
  }

  private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    pointer.map { String(cString: $0) }
  }
}
