/// How long work takes.
package enum Stopwatch {
  /// The least seconds of so many times that work is done, or of as many as fill a time in seconds, after one that is not counted.
  static func least(of times: Int, orFor time: Double = 0, _ work: () -> Void) -> Double {
    work()
    var (least, sum, count) = (Double.infinity, 0.0, 0)
    while count < times || sum < time {
      let taken = seconds(of: work)
      (least, sum, count) = (min(least, taken), sum + taken, count + 1)
    }
    return least
  }

  /// The seconds that work takes.
  static func seconds(of work: () -> Void) -> Double { seconds(ContinuousClock().measure(work)) }

  /// A duration in seconds.
  package static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }
}
