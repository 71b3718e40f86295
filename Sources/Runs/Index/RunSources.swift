import Files

/// The files of a run that `list` reads, each as it was before it was read.
///
/// The folder itself is one of them: it changes where a file comes, goes or is replaced.
package struct RunSources: Sendable {
  private static let names = [
    "", "/run.json", "/resolved.yaml", "/metrics.csv", "/evaluation.csv", "/verdict.csv", "/timing.csv",
    "/\(RunNotes.name)", "/checkpoints",
  ]
  private let identities: [(place: UInt32, identity: FileIdentity)]

  /// Looks at the files of a run.
  package init(of folder: RunFolder) {
    identities = RunSources.names.indices.compactMap { place in
      FileIdentity(of: folder.path + RunSources.names[place]).map { (UInt32(place), $0) }
    }
  }

  /// Whether all of them last changed before a time: then what changes after it has another time, however coarse the disk's
  /// clock is.
  package func areOlder(than nanoseconds: Int64) -> Bool {
    identities.allSatisfy { $0.identity.modified < nanoseconds }
  }

  /// What is written down of them.
  package var packed: [UInt8] {
    var writer = PackedWriter()
    for (place, identity) in identities {
      writer.add(place)
      writer.add(UInt64(bitPattern: identity.size))
      writer.add(UInt64(bitPattern: identity.modified))
      writer.add(identity.inode)
    }
    return writer.bytes
  }

  /// Whether those that were written down are there as they were.
  ///
  /// One that came since has changed the folder.
  /// - Parameter onlyRecord: whether it is enough that the folder and the record are.
  static func areUnchanged(_ packed: PackedReader, in folder: RunFolder, onlyRecord: Bool = false) -> Bool {
    var reader = packed
    do throws(FormatError) {
      while !reader.isAtEnd {
        let place = Int(try reader.number32())
        let identity = FileIdentity(
          size: Int64(bitPattern: try reader.number64()), modified: Int64(bitPattern: try reader.number64()),
          inode: try reader.number64())
        if onlyRecord, place > 1 { continue }
        guard names.indices.contains(place), FileIdentity(of: folder.path + names[place]) == identity else {
          return false
        }
      }
      return true
    } catch {
      return false
    }
  }
}
