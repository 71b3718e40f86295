import Glibc
import Synchronization

/// A wish to stop that came as a signal: the first lets the step finish, the second ends the process at once.
public enum Interruption {
  private static let received = Atomic<Int32>(0)

  /// The signal that asks to stop; nil while none has.
  public static var signal: Int32? {
    let number = received.load(ordering: .relaxed)
    return number == 0 ? nil : number
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
        let (isFirst, _) = Interruption.received.compareExchange(
          expected: 0, desired: number, ordering: .relaxed)
        if !isFirst { _exit(128 + number) }
      }
      action.sa_flags = SA_RESTART
      sigaction(number, &action, nil)
    }
    pthread_sigmask(SIG_UNBLOCK, &wanted, nil)
  }
}
