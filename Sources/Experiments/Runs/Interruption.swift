import Glibc
import Synchronization

/// A wish to stop that came as a signal: the first lets the step finish, a second Ctrl-C ends the process at once.
public enum Interruption {
  private static let received = Atomic<Int32>(0)
  private static let time = Atomic<Int>(0)
  /// Milliseconds in which a second signal belongs to the first: terminals and supervisors send several at once.
  private static let haste = 500

  /// The signal that asks to stop; nil while none has.
  public static var signal: Int32? {
    let number = received.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// A stop by a signal in words.
  static func text(_ signal: Int32) -> String {
    switch signal {
    case SIGINT: "by Ctrl-C"
    case SIGTERM: "by SIGTERM"
    case SIGHUP: "because its terminal closed"
    default: "by signal \(signal)"
    }
  }

  /// From here on SIGINT, SIGTERM and SIGHUP ask to stop.
  public static func listen() {
    // Whoever started the process may have blocked them, as some test runners and schedulers do.
    var wanted = sigset_t()
    sigemptyset(&wanted)
    for number in [SIGINT, SIGTERM, SIGHUP] {
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
        } else if number == SIGINT, now - Interruption.time.load(ordering: .relaxed) > Interruption.haste {
          _exit(128 + number)
        }
      }
      action.sa_flags = SA_RESTART
      sigaction(number, &action, nil)
    }
    pthread_sigmask(SIG_UNBLOCK, &wanted, nil)
  }

  /// Time for a signal handler.
  private static func milliseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }
}
