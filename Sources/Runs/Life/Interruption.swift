import Glibc
import Synchronization

/// A wish to stop that came as a signal: the first lets the step finish, a second Ctrl-C ends the process at once.
///
/// Where no step finishes within a time of grace after the first one, as on a machine without memory, the process ends as
/// well, without a checkpoint: who stops it with `timeout`, or from a script, sends one signal only.
package enum Interruption {
  private static let received = Atomic<Int32>(0)
  /// Steps that were begun and ended: while a step runs they differ.
  private static let begun = Atomic<Int>(0)
  private static let ended = Atomic<Int>(0)
  /// `ended` when the first signal came.
  private static let endedBefore = Atomic<Int>(0)
  /// The longest step in milliseconds.
  private static let longest = Atomic<Int>(0)
  private static let time = Atomic<Int>(0)
  /// Milliseconds in which a second signal belongs to the first: terminals and supervisors send several at once.
  private static let haste = 500

  /// The signal that asks to stop; nil while none has.
  package static var signal: Int32? {
    let number = received.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// A stop by a signal in words.
  static func text(_ signal: Int32) -> String {
    switch signal {
    case SIGINT: "by Ctrl-C"
    case SIGTERM: "by SIGTERM"
    case SIGHUP: "because its terminal closed"
    case SIGUSR1: "by SIGUSR1"
    default: "by signal \(signal)"
    }
  }

  /// From here on SIGINT, SIGTERM and SIGHUP ask to stop.
  /// - Parameter others: signals that do so too.
  package static func listen(alsoTo others: [Int32] = []) {
    // Not in a handler: the environment is read once.
    _ = patience
    // Whoever started the process may have blocked them, as some test runners and schedulers do.
    var wanted = sigset_t()
    sigemptyset(&wanted)
    for number in [SIGINT, SIGTERM, SIGHUP] + others {
      var present = sigaction()
      sigaction(number, nil, &present)
      // nohup and background jobs of plain shells ignore signals on purpose.
      guard unsafeBitCast(present.__sigaction_handler.sa_handler, to: Int.self) != 1 else { continue }
      sigaddset(&wanted, number)
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { number in
        let now = Interruption.milliseconds()
        let (isFirst, _) = Interruption.received.compareExchange(
          expected: 0, desired: number, ordering: .relaxed)
        if isFirst {
          Interruption.time.store(now, ordering: .relaxed)
          Interruption.endedBefore.store(Interruption.ended.load(ordering: .relaxed), ordering: .relaxed)
          alarm(UInt32(Interruption.grace(longest: Interruption.longest.load(ordering: .relaxed))))
        } else if number == SIGINT, now - Interruption.time.load(ordering: .relaxed) > Interruption.haste {
          _exit(128 + number)
        }
      }
      action.sa_flags = SA_RESTART
      sigaction(number, &action, nil)
    }
    var watch = sigaction()
    watch.__sigaction_handler.sa_handler = { _ in Interruption.endWithoutProgress() }
    watch.sa_flags = SA_RESTART
    sigaction(SIGALRM, &watch, nil)
    sigaddset(&wanted, SIGALRM)
    pthread_sigmask(SIG_UNBLOCK, &wanted, nil)
  }

  /// Runs a step, that it be known whether steps make progress.
  static func watching(_ step: () -> Void) {
    let start = milliseconds()
    begun.wrappingAdd(1, ordering: .relaxed)
    step()
    ended.wrappingAdd(1, ordering: .relaxed)
    let duration = milliseconds() - start
    if duration > longest.load(ordering: .relaxed) { longest.store(duration, ordering: .relaxed) }
  }

  /// Seconds in which a step must finish after a signal: half a minute, or ten times the longest step so far.
  package static func grace(longest milliseconds: Int) -> Int { max(patience, min(milliseconds / 100, 86_400)) }

  /// The least seconds of grace; `GAN_EXP_GRACE` changes them.
  private static let patience: Int =
    getenv("GAN_EXP_GRACE").flatMap { Int(String(cString: $0)) }.map { max(1, min($0, 86_400)) } ?? 30

  /// Ends the process where the step that ran when the first signal came still does; for a signal handler.
  private static func endWithoutProgress() {
    let done = ended.load(ordering: .relaxed)
    guard done == endedBefore.load(ordering: .relaxed), begun.load(ordering: .relaxed) != done else { return }
    let text: StaticString =
      "gan-exp: error: stopped by a signal, but no step finished since: ended without a checkpoint\n         go on with gan-exp resume; the last checkpoint is whole\n"
    _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
    _exit(128 + received.load(ordering: .relaxed))
  }

  /// Time for a signal handler.
  private static func milliseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }
}
