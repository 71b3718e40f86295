import Compute
import Glibc

/// Which kernels OpenBLAS uses, and whether they are the right ones for the processor.
public struct CoreChoice: Sendable {
  /// The value of `OPENBLAS_CORETYPE`, which OpenBLAS obeys where it can; nil where it has none.
  public let pinned: String?
  /// The kernels in use.
  public let coreType: String
  private let hasAVX512: Bool
  /// The variable that marks a core type as this program's own choice, not a person's.
  public static let ownChoice = "GAN_EXP_BLAS_CORE"
  /// Whether this process's core type is this program's own choice.
  public static var isOwn: Bool { getenv(ownChoice) != nil }

  /// Kernels with 512-bit vectors.
  private static let wide: Set = ["SkylakeX", "Cooperlake", "SapphireRapids"]
  /// Kernels with 256-bit vectors and fused multiplication and addition.
  private static let middle: Set = ["Haswell", "Zen", "Excavator", "Steamroller", "Piledriver"]

  /// A choice on a processor, which always has AVX2.
  public init(pinned: String?, coreType: String, hasAVX512: Bool) {
    self.pinned = pinned == "" ? nil : pinned
    self.coreType = coreType
    self.hasAVX512 = hasAVX512
  }

  /// This process's choice.
  public static var current: CoreChoice {
    CoreChoice(
      pinned: isOwn ? nil : getenv("OPENBLAS_CORETYPE").map { String(cString: $0) },
      coreType: BLAS.coreType,
      hasAVX512: HostCheck.hasAVX512)
  }

  /// A better core type than OpenBLAS's own choice; nil where there is none or somebody chose.
  ///
  /// Zen's and Haswell's kernels make the same bits; with Haswell's a step takes 3 to 8 % less on Zen 3 (OpenBLAS 0.3.21).
  public var better: String? { pinned == nil && coreType == "Zen" && !hasAVX512 ? "Haswell" : nil }

  /// What the choice costs, and what would be better; nil where it is the best.
  public var problem: (message: String, remedy: String)? {
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
      "OpenBLAS uses the core type \(coreType)" + (pinned != nil ? ", as OPENBLAS_CORETYPE says" : "")
        + ": it leaves the processor's \(instructions) unused, so that products take about \(factor) times as long",
      pinned != nil ? "unset OPENBLAS_CORETYPE, or give --blas-core auto" : "give --blas-core \(best)"
    )
  }
}
