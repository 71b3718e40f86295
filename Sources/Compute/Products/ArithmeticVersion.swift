/// The arithmetic that `Documentation/arithmetic.md` defines.
package enum ArithmeticVersion {
  /// The version of this program: runs of the same version have the same bits, whatever machine they were trained on.
  package static let current = 1

  /// A version in words; nil and 0 are those before the first, whose bits depended on a library.
  package static func text(_ version: Int?) -> String {
    version.flatMap { $0 > 0 ? "arithmetic \($0)" : nil } ?? "an arithmetic before 1"
  }
}
