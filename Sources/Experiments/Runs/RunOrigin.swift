import FoundationEssentials

/// How a run was asked for, where its record says: the command, and what it changed in the spec.
struct RunOrigin: Decodable {
  /// The command as words of a shell.
  let command: String?
  /// The values of `--set`.
  let overrides: [String]?

  /// Looks into a run's record; finds nothing in one of an earlier version.
  init(_ folder: RunFolder) {
    guard let bytes = try? DurableFile.read(folder.record),
      let origin = try? JSONDecoder().decode(RunOrigin.self, from: Data(bytes))
    else {
      (command, overrides) = (nil, nil)
      return
    }
    self = origin
  }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    overrides = try? values.decode([String].self, forKey: .overrides)
    let words = try? values.decode([String].self, forKey: .command)
    command =
      words.map { $0.map(ShellText.quoted).joined(separator: " ") }
      ?? (try? values.decode(String.self, forKey: .command))
  }

  private enum CodingKeys: String, CodingKey { case command, overrides }
}
