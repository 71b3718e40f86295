import Foundation
import Testing

/// What the torture needs must be there where it is to be relied on: there no test of it may be skipped.
struct PresenceTests {
  @Test func `strace is there where it must be`() {
    if let problem = Strace.problem {
      Torture.tell("SKIPPED: crash points, injected errors and power cuts, as \(problem)")
      let mustBe = ProcessInfo.processInfo.environment["GAN_EXP_NEEDS_STRACE"] != nil
      if mustBe { Issue.record("strace cannot be used: \(problem)") }
    }
  }
}
