import Files
import Runs

/// What the files of a run were like at a moment: the same for as long as nothing is new.
package struct RunVersion: Equatable, Sendable {
  private let files: [FileIdentity?]
  /// Whether a process is at work on it.
  package let isHeld: Bool

  package init(_ folder: RunFolder) {
    let paths = [
      folder.record, folder.metrics, folder.evaluation, folder.counts, folder.timing, folder.verdict, folder.samples,
    ]
    files = paths.map { FileIdentity(of: $0) }
    isHeld = (try? FolderLock.isHeld(folder.path)) ?? false
  }
}
