import Foundation

/// A file system in memory with little room; only root may make one, and not in every container.
package final class SmallDisk: Sendable {
  struct NotMounted: Error {}

  package let folder: TemporaryFolder

  package init(kibibytes: Int) throws {
    folder = try TemporaryFolder()
    guard mount("none", folder.path, "tmpfs", 0, "size=\(kibibytes)k") == 0 else { throw NotMounted() }
  }

  deinit { umount2(folder.path, Int32(MNT_DETACH)) }

  /// Gives it another size, keeping its files.
  package func resize(kibibytes: Int) throws {
    guard mount("none", folder.path, "tmpfs", UInt(MS_REMOUNT), "size=\(kibibytes)k") == 0 else {
      throw NotMounted()
    }
  }

  /// Whether one can be made here.
  package static let isPossible = (try? SmallDisk(kibibytes: 64)) != nil
}
