/// How long work takes.
package enum Stopwatch {
  /// The least seconds of so many times that work is done, after one that is not counted.
  static func least(of times: Int, _ work: () -> Void) -> Double {
    let clock = ContinuousClock()
    work()
    return (0..<times).reduce(.infinity) { least, _ in min(least, seconds(clock.measure(work))) }
  }

  /// A duration in seconds.
  package static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }
}
