/// The arithmetic that `Documentation/arithmetic.md` defines.
package enum ArithmeticVersion {
  /// The version of this program: runs of the same version have the same bits, whatever machine they were trained on.
  package static let current = 1
}
