import Foundation
import TestSupport
import Testing

/// A numbered folder is a whole run, or it is not there.
@Suite(.serialized) struct RunCreationTests {
  @Test func `what a process left that was killed at once is cleared away by the next`() throws {
    let scratch = try RunScratch()
    let line = """
      stage=Runs/small/.run.1-0.partial; mkdir -p $stage/samples $stage/checkpoints; touch $stage/spec.yaml $stage/.lock
      held=Runs/small/.run.2-0.partial; mkdir -p $held; exec 9> $held/.lock; flock 9
      $GAN list; $GAN run small.yaml --quiet --set training.epochs=1; ls -A Runs/small
      """
    let result = try scratch.shell(line)
    #expect(result.status == 0)
    #expect(result.errors == "no runs in Runs; begin one with: gan-exp run Experiments/mlp-mnist.yaml\n")
    #expect(result.output == "Runs/small/001\n.run.2-0.partial\n001\n")
  }

  @Test(.enabled("no tmpfs may be mounted here") { SmallDisk.isPossible })
  func `a disk that is full before the record leaves no folder`() throws {
    let scratch = try RunScratch()
    let disk = try SmallDisk(kibibytes: 64)
    try disk.folder.put([UInt8](repeating: 0, count: 64 << 10 - 4096 * 3), into: "ballast")
    let full = try scratch.gan("run", "small.yaml", "--runs", disk.folder.path, "--quiet")
    #expect(full.status == 74)
    #expect(full.errors.contains("No space left on device\n         make room on the disk"), "\(full.errors)")
    let names = (try? scratch.names(disk.folder("small"))) ?? []
    #expect(names.filter { FileManager.default.fileExists(atPath: disk.folder("small/\($0)/run.json")) } == names)
    #expect(try scratch.shell("ls -A \(disk.folder.path)/small | grep partial; true").output == "")
  }

  /// Where a run may not be made, and what is said.
  @Test(
    arguments: [
      (
        "mkdir closed; chmod 555 closed", "closed", Int32(73),
        "closed/small: cannot create this folder: Permission denied"
      ),
      (
        "mkdir ro; mount -t tmpfs -o ro none ro", "ro", 73, "ro/small: cannot create this folder: Read-only file system"
      ),
      (
        "mkdir full; mount -t tmpfs -o nr_inodes=1 none full", "full", 74,
        "full/small: cannot create this folder: No space left on device"
      ),
      ("touch file", "file", 73, "file/small: cannot create this folder: Not a directory"),
    ], [true])
  func `a folder that cannot be made says why`(
    test: (line: String, runs: String, status: Int32, text: String), _: Bool
  ) throws {
    // Root may write everywhere, and a mount wants a namespace of its own.
    guard getuid() == 0, SmallDisk.isPossible else { return }
    let scratch = try RunScratch()
    let user =
      test.line.contains("chmod") ? "setpriv --reuid=65534 --clear-groups --bounding-set=-all --inh-caps=-all " : ""
    let line = "unshare -m bash -c '\(test.line); chmod 755 . ; \(user)$GAN run small.yaml --quiet --runs \(test.runs)'"
    let result = try scratch.shell(line)
    #expect(result.errors.hasPrefix("gan-exp: error: \(test.text)\n"), "\(result.errors)")
    #expect(result.status == test.status)
  }
}
