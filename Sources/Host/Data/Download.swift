import Datasets
import Files
import Glibc
import Training

/// One file of a publication on its way into a folder.
///
/// It is received into `NAME.part`, which a later call continues, verified against the published SHA-256, and only then
/// put in its place, whole and durably; of an archive the members are.
package struct Download {
  let file: Publication.File
  let address: String
  let folder: String

  /// A file that may lie elsewhere than it was published, and the folder that it goes into.
  package init(file: Publication.File, address: String, folder: String) {
    self.file = file
    self.address = address
    self.folder = folder
  }

  private var part: String { "\(folder)/\(file.name).part" }
  private var names: [String] { file.members.isEmpty ? [file.name] : file.members }

  /// Whether all its files are there.
  private var isPresent: Bool {
    get throws(RunError) {
      for name in names where try !Download.isFile("\(folder)/\(name)") { return false }
      return true
    }
  }

  private static func isFile(_ path: String) throws(RunError) -> Bool {
    do throws(FileError) {
      return try FileKind.of(path) == .file
    } catch {
      throw RunError(error)
    }
  }

  /// Does what is left to do.
  package func run(
    progress: (DataFetch.Progress) -> Void, notes: (String) -> Void
  ) throws(RunError) -> [DataFetch.File] {
    if try isPresent { return try present() }
    try receive(progress, notes)
    do throws(FileError) {
      let bytes = try DurableFile.read(part)
      guard file.isMatched(by: bytes) else {
        try DurableFile.remove(part)
        throw FileError(
          path: address,
          damaged: "these are other bytes than were published: their SHA-256 is \(Digest.sha256(bytes)), expected "
            + file.digest)
      }
      var files: [DataFetch.File] = []
      let unpacked: [(name: String, bytes: [UInt8])]
      do {
        unpacked = try file.unpacked(bytes)
      } catch {
        throw FileError(path: part, damaged: error.problem)
      }
      for (name, bytes) in unpacked {
        let path = "\(folder)/\(name)"
        try DurableFile.replace(path, with: bytes)
        files.append(DataFetch.File(path: path, size: bytes.count, digest: Digest.sha256(bytes), wasPresent: false))
      }
      try DurableFile.remove(part)
      return files
    } catch {
      guard case .damaged = error.cause else { throw RunError(error) }
      throw RunError(
        error.message, remedy: "try again, or another address with --from; nothing was kept", exitCode: 65)
    }
  }

  /// Receives until all is there, from the beginning where the server cannot continue.
  private func receive(_ progress: (DataFetch.Progress) -> Void, _ notes: (String) -> Void) throws(RunError) {
    var isFresh = try !Download.isFile(part)
    while true {
      let outcome: Transfer.Outcome
      do throws(FileError) {
        outcome = try Transfer(address: address, path: part).run { received, expected in
          progress(DataFetch.Progress(name: file.name, received: received, expected: expected))
        }
      } catch {
        throw RunError(error)
      }
      switch outcome {
      case .complete: return
      case .notResumable where !isFresh:
        // A part that is complete cannot be continued either.
        if let bytes = try? DurableFile.read(part), file.isMatched(by: bytes) { return }
        notes("\(address) cannot be continued; starting over")
        isFresh = true
        do throws(FileError) { try DurableFile.remove(part) } catch { throw RunError(error) }
      case .notResumable:
        throw RunError("\(address): the server sends no whole file", remedy: Download.elsewhere, exitCode: 69)
      case .refused(let status):
        let meaning = status == 404 ? "there is no such file (HTTP 404)" : "the server answers with HTTP \(status)"
        throw RunError("\(address): \(meaning)", remedy: Download.elsewhere, exitCode: 69)
      case .failed(let words):
        throw RunError(
          "\(address): \(words)",
          remedy: "see whether this machine has a network, then run the same command again: it goes on where it was",
          exitCode: 69)
      case .unwritable:
        let room = (try? DurableFile.room(at: folder)) ?? 0
        throw RunError(FileError(path: part, action: .write, code: room < 1 << 20 ? ENOSPC : EIO))
      }
    }
  }

  private static let elsewhere = "give another address with --from, or put the files into a folder yourself"

  /// The files that are there, which were verified when they came.
  private func present() throws(RunError) -> [DataFetch.File] {
    do throws(FileError) {
      var files: [DataFetch.File] = []
      for name in names {
        let path = "\(folder)/\(name)"
        let bytes = try DurableFile.read(path)
        let digest = Digest.sha256(bytes)
        guard !file.members.isEmpty || file.isMatched(by: bytes) else {
          throw FileError(
            path: path, damaged: "its SHA-256 is \(digest), but \(file.digest) was published")
        }
        files.append(DataFetch.File(path: path, size: bytes.count, digest: digest, wasPresent: true))
      }
      return files
    } catch {
      guard case .damaged = error.cause else { throw RunError(error) }
      throw RunError(error.message, remedy: "remove the file and run the same command again", exitCode: 65)
    }
  }
}
