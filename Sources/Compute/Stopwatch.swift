/// How long work takes.
package enum Stopwatch {
  /// The least seconds of so many times that work is done, after one that is not counted.
  static func least(of times: Int, _ work: () -> Void) -> Double {
    work()
    return (0..<times).reduce(.infinity) { least, _ in min(least, seconds(of: work)) }
  }

  /// The seconds that work takes.
  static func seconds(of work: () -> Void) -> Double { seconds(ContinuousClock().measure(work)) }

  /// A duration in seconds.
  package static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }
}
