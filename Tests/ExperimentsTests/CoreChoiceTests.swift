import Experiments
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

  @Test(
    arguments: [
      (nil, "Zen", false, "Haswell"), (nil, "Zen", true, nil), (nil, "Haswell", false, nil),
      (nil, "SkylakeX", true, nil),
      ("Zen", "Zen", false, nil),
    ] as [(String?, String, Bool, String?)])
  func `a better core type is known where nobody chose`(pinned: String?, core: String, hasAVX512: Bool, better: String?)
  {
    #expect(CoreChoice(pinned: pinned, coreType: core, hasAVX512: hasAVX512).better == better)
  }
}
