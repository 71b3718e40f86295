import Foundation
import TestSupport
import Testing

/// `gan-exp clone`: a new run of a run's spec.
@Suite struct CloneTests {
  private static let short = RunScratch.spec.replacingOccurrences(of: "epochs: 8", with: "epochs: 1")

  @Test func `a clone is the run of its spec with the change, which is told`() throws {
    let scratch = try RunScratch(spec: CloneTests.short)
    try #require(try scratch.shell("$GAN run small.yaml --quiet --seed 7 --set training.batch_size=128").status == 0)
    let clone = try scratch.gan("clone", "small/001", "--set", "latent.dim=4", "--quiet")
    #expect(clone.output == "Runs/small/002\n" && clone.status == 0, Comment(rawValue: clone.errors))
    #expect(clone.errors == "latent.dim: 8 -> 4\n")
    try #require(
      try scratch.shell("$GAN run small.yaml --quiet --seed 7 --set training.batch_size=128 --set latent.dim=4").status
        == 0)
    #expect(try scratch.differences(scratch.run("002"), scratch.run("003")) == [])
    let shown = try scratch.gan("show", "small/002").output
    #expect(shown.contains("training.batch_size=128 seed=7 latent.dim=4"), "\(shown)")
  }

  @Test func `a clone without a change is the same run again`() throws {
    let scratch = try RunScratch(spec: CloneTests.short)
    try #require(try scratch.gan("run", "small.yaml", "--quiet").status == 0)
    let clone = try scratch.gan("clone", "small/001", "--quiet")
    #expect(clone.errors == "note: nothing is changed: it is the same run again\n", Comment(rawValue: clone.errors))
    #expect(try scratch.differences(scratch.run("001"), scratch.run("002")) == [])
    let other = try scratch.gan("clone", "small/001", "--seed", "5", "--dry-run")
    #expect(
      other.errors == "seed: 3 -> 5\n" && other.output == "" && other.status == 0, Comment(rawValue: other.errors))
  }

  @Test func `a spec without a name, and one of a run that went on, are those of the run`() throws {
    let scratch = try RunScratch(spec: CloneTests.short.replacingOccurrences(of: "name: small\n", with: ""))
    try #require(try scratch.shell("$GAN run small.yaml --quiet && $GAN resume small --epochs 2 --quiet").status == 0)
    let clone = try scratch.gan("clone", "latest", "--quiet")
    #expect(clone.output == "Runs/small/002\n" && clone.status == 0, Comment(rawValue: clone.errors))
    #expect(clone.errors == "note: nothing is changed: it is the same run again\n")
    #expect(try scratch.differences(scratch.run("001"), scratch.run("002")) == [])
  }

  @Test func `the spec of a run that extends another is its resolved one`() throws {
    let scratch = try RunScratch(spec: CloneTests.short)
    try scratch.folder.put("extends: small.yaml\nseed: 9\n", into: "child.yaml")
    try #require(try scratch.gan("run", "child.yaml", "--quiet").status == 0)
    let clone = try scratch.gan("clone", "small/001", "--set", "seed=10", "--dry-run")
    #expect(
      clone.errors
        == "note: Runs/small/001/spec.yaml does not stand by itself: the spec is Runs/small/001/resolved.yaml\nseed: 9 -> 10\n",
      Comment(rawValue: clone.errors))
    let wrong = try scratch.gan("clone", "small/001", "--set", "latent.dimm=4")
    #expect(wrong.status == 65 && wrong.errors.contains("dimm"), Comment(rawValue: wrong.errors))
  }
}
