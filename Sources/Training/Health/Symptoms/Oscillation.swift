import Files
import Networks
import Specs

/// Networks that chase each other, so that samples get better and worse by turns.
///
/// It shows where mind of images has, within ten evaluations, turned at least four times, each time to a half or to the double.
package struct Oscillation: Symptom {
  package static let name = "oscillation"
  package static let summary = "samples get better and worse by turns"
  package static let evaluationColumns = ["mind"]
  package static let remedy =
    "lower learning rates of both networks, beta_1: 0.5 or 0, generator_average, or r1"
  private static let (turns, swing) = (4, 2.0)

  package init(from fields: inout Fields) {}

  package func evidence(in history: TrainingHistory) -> String? {
    let values = history.evaluation("mind").recent
    // The distance of points that lie about their modes is chance.
    guard history.evaluation("mode_variation").count == 0, values.count == Series.kept, let first = values.first else {
      return nil
    }
    // Turning points that lie a factor apart.
    var (turns, extreme, isRising) = (0, first, Bool?.none)
    for value in values.dropFirst() {
      if value > extreme * Oscillation.swing, isRising != true {
        (turns, extreme, isRising) = (turns + 1, value, true)
      } else if value * Oscillation.swing < extreme, isRising != false {
        (turns, extreme, isRising) = (turns + 1, value, false)
      } else if let rising = isRising {
        extreme = rising ? max(extreme, value) : min(extreme, value)
      }
    }
    guard turns >= Oscillation.turns, let least = values.min(), let most = values.max() else { return nil }
    return
      "mind turned \(turns) times in ten evaluations, between \(Decimals.short(least)) and \(Decimals.short(most))"
  }
}
