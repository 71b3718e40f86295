import Compute

/// How fast a run goes; for people, and for timing.csv.
package struct Pace {
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private let firstStep: Int
  private var lapStart: ContinuousClock.Instant
  private var lapStep: Int
  private var lastShown: ContinuousClock.Instant
  private var recent: (time: ContinuousClock.Instant, step: Int)

  package init(step: Int) {
    start = clock.now
    firstStep = step
    lapStart = start
    lapStep = step
    lastShown = start
    recent = (start, step)
  }

  /// Whether a tenth of a second has gone by since this last was true.
  package mutating func isDue(at step: Int) -> Bool {
    let now = clock.now
    guard now - lastShown >= .milliseconds(100) else { return false }
    lastShown = now
    if now - recent.time >= .seconds(10) { recent = (now, step) }
    return true
  }

  /// Seconds and steps a second since the last lap, and a new lap.
  package mutating func lap(at step: Int) -> (seconds: Double, rate: Double) {
    let now = clock.now
    let seconds = Stopwatch.seconds(now - lapStart)
    let rate = seconds > 0 ? Double(step - lapStep) / seconds : 0
    (lapStart, lapStep) = (now, step)
    return (seconds, rate)
  }

  /// Steps a second lately, and seconds left at that speed.
  package func estimate(at step: Int, total: Int) -> (rate: Double, left: Double) {
    let now = clock.now
    let usesRecent = recent.step < step && now - recent.time >= .seconds(1)
    let (since, from) = usesRecent ? (recent.time, recent.step) : (start, firstStep)
    let seconds = Stopwatch.seconds(now - since)
    let rate = seconds > 0 ? Double(step - from) / seconds : 0
    return (rate, rate > 0 ? Double(total - step) / rate : 0)
  }
}
