import Compute
import Glibc

/// Which kernels OpenBLAS uses, and whether they are the right ones for the processor.
package struct CoreChoice: Sendable {
  /// The value of `OPENBLAS_CORETYPE`, which OpenBLAS obeys where it can; nil where it has none.
  package let pinned: String?
  /// The kernels in use.
  package let coreType: String
  private let hasAVX512: Bool
  /// Whether the processor has the 512-bit products of bfloat16 that Cooperlake's kernels use.
  private let hasBFloat16: Bool
  /// Whether it is this program's own choice; where it is not the best one, for a run that began with it.
  private let isKept: Bool
  /// Whether a person gave it with `--blas-core`, not with the variable.
  package let isByOption: Bool

  /// Who gave the process the value of `OPENBLAS_CORETYPE` that it began again with.
  package enum Chooser: String, Sendable {
    /// This program, as nobody had.
    case program = "1"
    /// A person, with `--blas-core`.
    case option
  }

  /// The variable that keeps the chooser.
  package static let mark = "GAN_EXP_BLAS_CORE"
  private static var chooser: Chooser? { getenv(mark).flatMap { Chooser(rawValue: String(cString: $0)) } }
  /// Whether this process's core type is this program's own choice.
  package static var isOwn: Bool { chooser == .program }

  /// Kernels with 512-bit vectors.
  private static let wide: Set = ["SkylakeX", "Cooperlake", "SapphireRapids"]
  /// Kernels with 256-bit vectors and fused multiplication and addition.
  private static let middle: Set = ["Haswell", "Zen", "Excavator", "Steamroller", "Piledriver"]

  /// A choice on a processor, which always has AVX2.
  package init(
    pinned: String?, coreType: String, hasAVX512: Bool, hasBFloat16: Bool = false, isKept: Bool = false,
    isByOption: Bool = false
  ) {
    self.hasBFloat16 = hasBFloat16
    self.isKept = isKept
    self.isByOption = isByOption
    self.pinned = pinned == "" ? nil : pinned
    self.coreType = coreType
    self.hasAVX512 = hasAVX512
  }

  /// This process's choice.
  package static var current: CoreChoice {
    CoreChoice(
      pinned: isOwn ? nil : getenv("OPENBLAS_CORETYPE").map { String(cString: $0) },
      coreType: BLAS.coreType,
      hasAVX512: HostCheck.hasAVX512,
      hasBFloat16: HostCheck.hasBFloat16,
      isKept: isOwn,
      isByOption: chooser == .option)
  }

  /// A better core type than the one in use; nil where there is none or somebody chose.
  ///
  /// A run that goes on keeps the core type it had where the processor can run it, since only then its bits are the same.
  /// Else it is Haswell on Zen, whose kernels make the same bits: with Haswell's a step takes 3 to 8 % less on Zen 3
  /// (OpenBLAS 0.3.21).
  package func better(resuming last: String? = nil) -> String? {
    guard pinned == nil else { return nil }
    if let last, last == coreType || canRun(last) { return last == coreType ? nil : last }
    return coreType == "Zen" && !hasAVX512 ? "Haswell" : nil
  }

  /// Kernels of OpenBLAS 0.3.21 that every processor with AVX2 and FMA runs.
  ///
  /// Those of AMD's before Zen use instructions (3DNow, FMA4) that later ones have not.
  private static let common: Set = [
    "Prescott", "Core2", "Penryn", "Dunnington", "Atom", "Nano", "Nehalem", "Sandybridge", "Haswell", "Zen",
  ]

  /// Whether the processor surely has what a core type's kernels use: OpenBLAS does not check what it is told.
  private func canRun(_ core: String) -> Bool {
    CoreChoice.common.contains(core) || (core == "SkylakeX" && hasAVX512) || (core == "Cooperlake" && hasBFloat16)
  }

  /// What the choice costs, and what would be better; nil where it is the best.
  package var problem: (message: String, remedy: String)? {
    let missed =
      if hasAVX512, !CoreChoice.wide.contains(coreType) {
        CoreChoice.middle.contains(coreType) ? ("AVX-512", "two") : ("AVX-512", "four")
      } else if !CoreChoice.wide.contains(coreType), !CoreChoice.middle.contains(coreType) {
        ("AVX2 and FMA", "two")
      } else {
        (String, String)?.none
      }
    guard let (instructions, factor) = missed else { return nil }
    let best = hasAVX512 ? "SkylakeX" : "Haswell"
    return (
      "OpenBLAS uses the core type \(coreType)"
        + (pinned == nil ? "" : isByOption ? ", as --blas-core says" : ", as OPENBLAS_CORETYPE says")
        + ": it leaves the processor's \(instructions) unused, so that products take about \(factor) times as long",
      pinned != nil
        ? (isByOption
          ? "leave --blas-core out, or give --blas-core auto" : "unset OPENBLAS_CORETYPE, or give --blas-core auto")
        : isKept
          ? "the run began with it and keeps its bits so; --blas-core auto would give them up for speed"
          : "give --blas-core \(best)"
    )
  }
}
