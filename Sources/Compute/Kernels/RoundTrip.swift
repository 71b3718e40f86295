import CHost
import Synchronization

extension ThreadPool {
  /// The round trip of a cache line between the cores of two threads, in seconds; nil with one thread, or where the two
  /// did not run at the same time.
  ///
  /// Some 50 ns between cores that share a third-level cache, some 300 ns between those that do not. The least mean of
  /// several hundred in a row.
  package var roundTrip: Double? {
    guard threads > 1 else { return nil }
    let rally = Rally()
    run(tiles: 2) { player, _ in
      for _ in 0..<5 {
        // Once before the clock starts, so that both are there.
        guard rally.play(player, rounds: 1) else { return }
        var isAnswered = false
        let seconds = Stopwatch.seconds(of: { isAnswered = rally.play(player, rounds: Rally.rounds) })
        guard isAnswered else { return }
        if player == 0 { rally.least = min(rally.least, seconds / Double(Rally.rounds)) }
      }
    }
    return rally.least.isFinite ? rally.least : nil
  }

  /// A word that two threads write in turn.
  private final class Rally: @unchecked Sendable {
    static let rounds = 400
    /// How often a player looks before he leaves: some milliseconds.
    private static let patience = 200_000

    private let ball = Atomic<Int>(0)
    /// The number of the next stroke, of each player his own.
    private var strokes = (0, 1)
    /// Seconds; the first player's.
    var least = Double.infinity

    /// Plays so many rounds; false where the other did not answer.
    func play(_ player: Int, rounds: Int) -> Bool {
      var stroke = player == 0 ? strokes.0 : strokes.1
      for _ in 0..<rounds {
        var looks = 0
        while ball.load(ordering: .acquiring) != stroke {
          looks &+= 1
          if looks > Rally.patience { return false }
        }
        ball.store(stroke &+ 1, ordering: .releasing)
        stroke &+= 2
      }
      if player == 0 { strokes.0 = stroke } else { strokes.1 = stroke }
      return true
    }
  }
}
