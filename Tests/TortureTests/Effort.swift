import Foundation

/// How much is tortured: a stated sample of the cases, the same every time, unless GAN_EXP_TORTURE says more.
enum Effort {
  private static let environment = ProcessInfo.processInfo.environment

  /// GAN_EXP_TORTURE: `all`, or a number of cases a test; nil for the short version.
  private static let wanted = environment["GAN_EXP_TORTURE"]

  /// GAN_EXP_TORTURE_CASE: the name of the only case that is to be tried, whose folder is kept.
  static let only = environment["GAN_EXP_TORTURE_CASE"]

  /// Whether everything is to be tried.
  static var isWhole: Bool { wanted == "all" || only != nil }

  /// How often a command that trains many runs is killed.
  static var kills: Int { wanted == nil && only == nil ? 6 : 50 }

  /// The file to which each test appends its figures.
  static let report = environment["GAN_EXP_TORTURE_REPORT"]

  /// So many of the cases, evenly spread over their order, its ends among them.
  static func sample<Case>(_ cases: [Case], short: Int) -> [Case] {
    guard !isWhole else { return cases }
    let count = wanted.flatMap(Int.init) ?? short
    guard count > 1, count < cases.count else { return Array(cases.prefix(count)) }
    return (0..<count).map { cases[$0 * (cases.count - 1) / (count - 1)] }
  }
}
