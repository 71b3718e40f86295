import Files
import Foundation
import TestSupport
import Testing

/// `archive`, and `restore` of what it packed.
@Suite struct ArchiveTests {
  @Test(arguments: ["tar.gz", "tgz", "tar"])
  func `a run is packed into the same bytes at any time, and unpacked to the same files`(ending: String) throws {
    let original = try #require(RunScratch.trained)
    let scratch = try TemporaryFolder()
    let script = """
      cp -r \(original.folder.path)/Runs .
      $GAN archive small/001 -o one.\(ending); $GAN tag small x > out; $GAN tag small --remove x 2> out
      touch -d 2001-01-01 Runs/small/001/metrics.csv; chmod 600 Runs/small/001/run.json
      $GAN archive Runs/small/001 -o two.\(ending) && cmp one.\(ending) two.\(ending) && tar tf one.\(ending) | LC_ALL=C sort > listed
      $GAN restore one.\(ending) --runs Other && $GAN verify small/001 --runs Other && diff -r -x .lock Runs Other && rm out
      """
    let result = try Program.shell(script, in: scratch)
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(result.errors.hasPrefix("11 files of Runs/small/001\n"), "\(result.errors)")
    // Another program reads it.
    let files = try FolderTree.files(in: scratch("Runs")).filter { !$0.hasSuffix(".lock") }
    #expect(try scratch.text(of: "listed").split(separator: "\n").map(String.init) == files)
    // It goes on as the run itself would.
    let grown = try Program.shell(
      "for R in Runs Other; do $GAN resume small --runs $R --epochs 3 --quiet; done; cmp Runs/small/001/metrics.csv Other/small/001/metrics.csv",
      in: scratch)
    #expect(grown.status == 0, Comment(rawValue: grown.errors))
  }

  @Test func `an archive comes to another place where its own is taken`() throws {
    let original = try #require(RunScratch.trained)
    let scratch = try TemporaryFolder()
    try #require(
      try Program.shell("cp -r \(original.folder.path)/Runs . && $GAN archive small/001 -o run.tar", in: scratch)
        .status == 0)
    let taken = try Program.run(["restore", "run.tar"], in: scratch)
    #expect(taken.status == 73 && taken.errors.hasPrefix("gan-exp: error: Runs/small/001 is there already\n"))
    let other = try Program.run(["restore", "run.tar", "--as", "copies/a"], in: scratch)
    #expect(other.output == "Runs/copies/a\n" && other.status == 0, Comment(rawValue: other.errors))
    #expect(try Program.run(["diff", "small/001", "copies/a"], in: scratch).status == 0)
  }

  /// How archives are made that no run is in, or that would write elsewhere.
  @Test(arguments: [
    ("echo no archive > x.tar", "it is no archive of a run"),
    ("mkdir d; echo a > d/b; tar cf x.tar d", "it has not the files of one run in one folder"),
    (
      "mkdir -p a b; echo > a/run.json; echo > b/run.json; tar cf x.tar a b",
      "it has not the files of one run in one folder"
    ),
    (
      "mkdir a; echo > a/run.json; tar cf x.tar a --transform 's,^a,../a,' -P",
      "../a/run.json in it is no path within a run"
    ),
    ("mkdir a; echo > a/run.json; tar cf x.tar -P $PWD/a", "/a/run.json in it is no path within a run"),
    ("mkdir a; echo > a/run.json; ln -s /etc a/link; tar cf x.tar a", "a/link in it is no file"),
    ("mkdir a; echo > a/run.json; ln a/run.json a/second; tar cf x.tar a", "in it is no file"),
    ("mkdir a; echo > a/run.json; tar cf x.tar a; tar rf x.tar a", "a/run.json is in it twice"),
    ("mkdir .a; echo > .a/run.json; tar cf x.tar .a", ".a is no place of a run in Runs"),
  ])
  func `what is no archive of a run is refused, and leaves nothing`(script: String, message: String) throws {
    let scratch = try TemporaryFolder()
    try #require(try Program.shell(script, in: scratch).status == 0)
    let result = try Program.run(["restore", "x.tar"], in: scratch)
    #expect([64, 65].contains(result.status) && result.errors.contains(message), Comment(rawValue: result.errors))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch("Runs")) == [])
  }

  @Test func `an archive that was cut off is refused, and leaves nothing`() throws {
    let original = try #require(RunScratch.trained)
    let scratch = try TemporaryFolder()
    try #require(
      try Program.shell(
        "cp -r \(original.folder.path)/Runs . && $GAN archive small/001 -o run.tar.gz", in: scratch.path
      ).status == 0)
    let size = try Data(contentsOf: URL(fileURLWithPath: scratch("run.tar.gz"))).count
    for length in [0, 10, 1000, size / 2] {
      let line =
        "head -c \(length) run.tar.gz > cut.tar.gz; $GAN restore cut.tar.gz --runs Other; S=$?; ls -A Other; exit $S"
      let result = try Program.shell(line, in: scratch)
      #expect(result.status == 65 && result.output == "", "\(length): \(result.output)\(result.errors)")
    }
  }
}
