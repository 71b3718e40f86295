import Compute
import Host
import Runs
import Testing

/// The warning about kernels that leave much of the processor unused.
@Suite struct CoreChoiceTests {
  @Test(
    arguments: [
      ("Haswell", "Haswell", false, nil),
      (nil, "Zen", false, nil),
      (nil, "Cooperlake", true, nil),
      ("Haswell", "Haswell", true, "AVX-512"),
      (nil, "Zen", true, "AVX-512"),
      ("Nehalem", "Nehalem", false, "AVX2"),
      ("Sandybridge", "Sandybridge", true, "AVX-512"),
    ] as [(String?, String, Bool, String?)])
  func `kernels narrower than the processor are warned of`(
    pinned: String?, core: String, hasAVX512: Bool, unused: String?
  ) throws {
    let problem = CoreChoice(pinned: pinned, coreType: core, hasAVX512: hasAVX512).problem
    guard let unused else {
      #expect(problem == nil)
      return
    }
    let (message, remedy) = try #require(problem)
    #expect(message.contains(core) && message.contains("\(unused)"))
    #expect(remedy.contains(pinned == nil ? "--blas-core SkylakeX" : "unset OPENBLAS_CORETYPE"))
  }

  @Test func `who chose with --blas-core is not told of a variable`() throws {
    let choice = CoreChoice(pinned: "Haswell", coreType: "Haswell", hasAVX512: true, isByOption: true)
    let (message, remedy) = try #require(choice.problem)
    #expect(message.contains("Haswell, as --blas-core says:"))
    #expect(remedy == "leave --blas-core out, or give --blas-core auto")
  }

  @Test(
    arguments: [
      (nil, "Zen", false, nil, "Haswell"), (nil, "Zen", true, nil, nil), (nil, "Haswell", false, nil, nil),
      (nil, "SkylakeX", true, nil, nil), ("Zen", "Zen", false, nil, nil), ("", "Zen", false, nil, "Haswell"),
      (nil, "Zen", false, "Zen", nil), (nil, "Zen", false, "Nehalem", "Nehalem"),
      (nil, "Zen", false, "SkylakeX", "Haswell"),
      (nil, "Cooperlake", true, "Haswell", "Haswell"), (nil, "Cooperlake", true, "Cooperlake", nil),
      (nil, "Cooperlake", true, "SkylakeX", "SkylakeX"), ("Zen", "Zen", false, "Haswell", nil),
    ] as [(String?, String, Bool, String?, String?)])
  func `a better core type is known where nobody chose`(
    pinned: String?, core: String, hasAVX512: Bool, last: String?, better: String?
  ) {
    #expect(CoreChoice(pinned: pinned, coreType: core, hasAVX512: hasAVX512).better(resuming: last) == better)
  }

  @Test(
    arguments: [
      ("Prescott", false, false, true), ("Core2", false, false, true), ("Penryn", false, false, true),
      ("Dunnington", false, false, true), ("Atom", false, false, true), ("Nano", false, false, true),
      ("Sandybridge", false, false, true), ("SkylakeX", false, false, false), ("SkylakeX", true, false, true),
      ("Cooperlake", true, false, false), ("Cooperlake", true, true, true), ("Bulldozer", true, true, false),
      ("Barcelona", true, true, false), ("Nonesuch", true, true, false),
    ] as [(String, Bool, Bool, Bool)])
  func `a core type is kept where the processor can run it`(
    last: String, hasAVX512: Bool, hasBFloat16: Bool, isKept: Bool
  ) {
    let choice = CoreChoice(pinned: nil, coreType: "Haswell", hasAVX512: hasAVX512, hasBFloat16: hasBFloat16)
    #expect(choice.better(resuming: last) == (isKept ? last : nil))
  }

  @Test func `a run goes on with the core type it began with`() throws {
    let scratch = try RunScratch()
    for line in [
      "$GAN run small.yaml --quiet --blas-core Nehalem",
      "$GAN run small.yaml --quiet --blas-core Nehalem --set training.epochs=3",
      "unset OPENBLAS_CORETYPE; $GAN resume Runs/small/002 --epochs 8 --quiet",
    ] {
      let result = try scratch.shell(line)
      #expect(result.status == 0 && !result.errors.contains("not with the same bits"), "\(result.errors)")
    }
    #expect(
      try RunRecord(path: RunFolder(scratch.run("002")).record).sessions.map(\.machine.blasCore) == [
        "Nehalem", "Nehalem",
      ])
    #expect(CoreChoice.last(of: RunFolder(scratch.run("002")), at: 30) == "Nehalem")
    #expect(try scratch.evidence(scratch.run("001")) == scratch.evidence(scratch.run("002")))
    // Who asks for the best one gets it, and hears that the bits change.
    let faster = try scratch.shell("$GAN resume Runs/small/002 --epochs 9 --quiet --blas-core auto")
    #expect(faster.status == 0 && faster.errors.contains("not with the same bits"), "\(faster.errors)")
    // It is written down, and shown.
    let log = try String(contentsOfFile: scratch.run("002") + "/log.txt", encoding: .utf8)
    #expect(log.contains(" notice the run was trained with the BLAS core type Nehalem, now it is "))
    let shown = try scratch.gan("show", "Runs/small/002").output
    #expect(shown.contains("trained with the BLAS core type Nehalem, after step 80 "), "\(shown)")
  }
}
