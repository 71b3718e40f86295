import Specs

/// What workers said, for people.
enum WorkerWords {
  /// Lines that are shown; the file has all.
  private static let most = 20

  /// Shows it, where there is anything.
  /// - Parameter file: where all of it is kept.
  static func show(_ said: String, in file: String) {
    let lines = said.split(separator: "\n")
    guard !lines.isEmpty else { return }
    let left = lines.count - most
    Terminal.note(
      "workers said\(left > 0 ? ", after \(Readable.count(left, "other line"))" : "") (\(file)):\n"
        + lines.suffix(most).joined(separator: "\n"))
  }
}
