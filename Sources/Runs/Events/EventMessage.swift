import Files
import Specs

/// An event as TensorBoard reads it: `Event` of its `event.proto`, with summaries of `summary.proto`.
///
/// The wall time is the step, in seconds: clocks say nothing in a run's files, so that the same run gives the same bytes.
package struct EventMessage: Sendable {
  /// What events are about, in the order in which those of one step stand in a file.
  package enum Kind: Int, Comparable, Sendable {
    case beginning, row, evaluation, sheet, parameters, end

    package static func < (a: Kind, b: Kind) -> Bool { a.rawValue < b.rawValue }
  }

  /// The step it belongs to.
  package let step: Int
  package let kind: Kind
  /// The message.
  package let bytes: [UInt8]

  private init(step: Int, _ kind: Kind, _ fill: (inout ProtobufMessage) -> Void) {
    (self.step, self.kind) = (step, kind)
    bytes =
      ProtobufMessage { event in
        event.add(1, double: Double(step))
        event.add(2, integer: step)
        fill(&event)
      }.bytes
  }

  /// An event of the summaries that a function adds.
  private static func summary(_ step: Int, _ kind: Kind, _ fill: (inout ProtobufMessage) -> Void) -> EventMessage {
    EventMessage(step: step, kind) { $0.add(5, fill) }
  }

  /// What a file begins with.
  static let version = EventMessage(step: 0, .beginning) { $0.add(3, text: "brain.Event:2") }

  /// Numbers by their tags.
  /// - Parameter described: what each is, where it is said; readers want it once a tag.
  package static func scalars(
    _ values: [(tag: String, value: Float)], at step: Int, _ kind: Kind, described: [String: String] = [:]
  ) -> EventMessage {
    summary(step, kind) { summary in
      for (tag, number) in values {
        summary.add(1) { value in
          value.add(1, text: tag)
          value.add(2, float: number)
          if let text = described[tag] {
            value.add(9) { metadata in
              metadata.add(1) { $0.add(1, text: "scalars") }
              metadata.add(3, text: text)
            }
          }
        }
      }
    }
  }

  /// A picture, the bytes of a PNG file.
  static func image(_ png: [UInt8], tag: String, at step: Int) -> EventMessage {
    /// Width and height follow the signature of 8 bytes and the head of the first chunk.
    func number(_ start: Int) -> Int { png.dropFirst(start).prefix(4).reduce(0) { $0 << 8 | Int($1) } }
    return summary(step, .sheet) { summary in
      summary.add(1) { value in
        value.add(1, text: tag)
        value.add(4) { image in
          image.add(1, integer: number(20))
          image.add(2, integer: number(16))
          // Channels; the file itself says how many it has.
          image.add(3, integer: 3)
          image.add(4, bytes: png)
        }
      }
    }
  }

  /// The tags of parameters begin so.
  private static let parameters = "parameters/"

  /// How the values of parameters are spread, by the parameters' names.
  static func histograms(_ histograms: [(name: String, histogram: EventHistogram)], at step: Int) -> EventMessage {
    summary(step, .parameters) { summary in
      for (name, histogram) in histograms {
        summary.add(1) { value in
          value.add(1, text: parameters + name)
          value.add(5) { histogram.write(to: &$0) }
        }
      }
    }
  }

  /// The event of a record of a file, where it is one of parameters; else nil.
  init?(parameters record: [UInt8]) {
    guard let event = ProtobufFields(record), let step = event.integer(2).flatMap({ Int(exactly: $0) }),
      let tag = event.bytes(5).flatMap({ ProtobufFields($0)?.bytes(1) }).flatMap({ ProtobufFields($0)?.bytes(1) }),
      tag.starts(with: EventMessage.parameters.utf8)
    else { return nil }
    (self.step, kind, bytes) = (step, .parameters, record)
  }
}

// Settings for TensorBoard's page of hyperparameters: messages of the plugin `hparams`.
extension EventMessage {
  /// The values of a spec by their paths.
  static func settings(_ settings: [(key: String, value: String)]) -> EventMessage {
    plugin("session_start_info") { data in
      data.add(3) { start in
        for (key, text) in settings {
          start.add(1) { entry in
            entry.add(1, text: key)
            entry.add(2) { value in
              if let number = Double(text), number.isFinite {
                value.add(2, double: number)
              } else if text == "true" || text == "false" {
                value.add(4, integer: text == "true" ? 1 : 0)
              } else {
                value.add(3, text: text)
              }
            }
          }
        }
      }
    }
  }

  /// How the run ended.
  static func end(at step: Int, isSuccess: Bool) -> EventMessage {
    plugin("session_end_info", at: step, .end) { data in
      data.add(4) { $0.add(1, integer: isSuccess ? 1 : 2) }
    }
  }

  private static func plugin(
    _ tag: String, at step: Int = 0, _ kind: Kind = .beginning, _ fill: (inout ProtobufMessage) -> Void
  ) -> EventMessage {
    summary(step, kind) { summary in
      summary.add(1) { value in
        value.add(1, text: "_hparams_/" + tag)
        // A number that nobody reads, without which readers pass it over.
        value.add(8) { tensor in
          tensor.add(1, integer: 1)
          tensor.add(2) { $0.add(2) { _ in } }
        }
        value.add(9) { metadata in
          metadata.add(1) { plugin in
            plugin.add(1, text: "hparams")
            plugin.add(2, fill)
          }
        }
      }
    }
  }
}
