import Compute
import Files

/// What the first rank tells the others to do.
package enum RankOrder: Equatable {
  /// To build a trainer, and to say whether that was possible.
  case begin(RankTask)
  /// To take over the state after a step, which follows.
  case state(step: Int)
  /// To give the first the moments that they keep.
  case moments
  /// To run the next step.
  case step
  /// To end.
  case end

  /// Sends it; for the first rank.
  package func send(_ ranks: any Ranks) { _ = ranks.broadcast([UInt8](text.utf8)) }

  /// Waits for the next; for the others.
  package static func receive(_ ranks: any Ranks) -> RankOrder {
    let text = String(decoding: ranks.broadcast([]), as: UTF8.self)
    let rest = text.dropFirst(2)
    switch text.first {
    case "b": if let task = RankTask(json: [UInt8](rest.utf8)) { return .begin(task) }
    case "s": if let step = Int(rest) { return .state(step: step) }
    case "m": return .moments
    case "r": return .step
    case "e": return .end
    default: break
    }
    preconditionFailure("an order that no rank of this version sends: \(text.prefix(40))")
  }

  private var text: String {
    switch self {
    case .begin(let task): "b \(task.json)"
    case .state(let step): "s \(step)"
    case .moments: "m"
    case .step: "r"
    case .end: "e"
    }
  }
}
