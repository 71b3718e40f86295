import Datasets

/// One of the program's readers, as fuzzing and the replay of seeds call it: any bytes must be read or refused in words.
struct Reader: Sendable {
  /// The name of its folder of seeds.
  let name: String
  /// The longest input that is worth trying.
  let longest: Int
  /// Reads the bytes; traps where a property does not hold.
  let read: @Sendable ([UInt8]) -> Void

  /// A reader whose refusals are errors.
  init(_ name: String, longest: Int = 4096, _ body: @escaping @Sendable ([UInt8]) throws -> Void) {
    self.name = name
    self.longest = longest
    read = { bytes in
      do {
        try body(bytes)
      } catch {
        precondition(!"\(error)".isEmpty, "a refusal without words")
      }
    }
  }

  /// Every reader.
  static let all =
    [
      Reader("yaml", readYAML), Reader("spec", readSpec), Reader("record", readRecord), Reader("csv", readTable),
      Reader("safetensors", readSafetensors), Reader("tar", longest: 8192, readTAR),
    ]
    + DataFormat.allCases.filter { $0 != .tar }.map { format in Reader(format.rawValue) { try format.read($0) } }
}

/// Stops the process where a text for people holds what would steer a terminal.
func requireLegible(_ message: String) {
  let steering = message.unicodeScalars.first { $0.properties.generalCategory == .control && $0 != "\n" }
  precondition(steering == nil, "a control character in a message: \(message.debugDescription)")
}

/// Does what must succeed with what a reader accepted; stops the process where it does not.
func must<Result>(_ what: String, _ body: () throws -> Result) -> Result {
  do {
    return try body()
  } catch {
    preconditionFailure("\(what): \(error)")
  }
}
