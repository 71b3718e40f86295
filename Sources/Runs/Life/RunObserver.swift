import Host
import Networks
import Specs
import Training

/// Somebody who watches a run: a terminal, a log, a test.
package protocol RunObserver: AnyObject {
  /// The run begins, or goes on.
  func began(_ header: RunHeader)
  /// A step is done; called at most ten times a second, and at the end.
  func progressed(_ progress: RunProgress)
  /// Something a person should know.
  func noted(_ message: String)
  /// A sheet or checkpoint was written.
  func wrote(_ path: String)
  /// What was found at the end, each of a subject in a sentence without a full stop.
  func concluded(_ verdicts: [(subject: String, sentence: String)])
}

/// What a run is, for its first lines.
package struct RunHeader: Sendable {
  /// The experiment.
  package let experiment: Experiment
  /// The run's folder.
  package let folder: RunFolder
  /// Where the data were found.
  package let dataOrigin: String
  /// What it runs on.
  package let machine: Machine
  /// Threads it uses.
  package let threads: Int
  /// Lanes of the vectors that products are made of.
  package let lanes: Int
  /// The processes that train together; nil where it is one.
  package let ranks: Int?
  /// The step it goes on after.
  package let step: Int
  /// Steps in all.
  package let steps: Int
}

/// How far a run is.
package struct RunProgress: Sendable {
  /// Steps done.
  package let step: Int
  /// Steps in all.
  package let steps: Int
  /// The epoch of the step.
  package let epoch: Int
  /// The last epoch.
  package let epochs: Int
  /// The metrics of the last row or, before it, of the last step.
  package let metrics: [Column: Float]
  /// Steps a second over the last seconds.
  package let stepsPerSecond: Double
  /// Seconds left at that speed.
  package let secondsLeft: Double
  /// Whether this is the last call.
  package let isLast: Bool
}

/// How a run ended.
package enum RunOutcome: Sendable {
  /// All steps are done.
  case complete
  /// A signal asked to stop; a checkpoint was written.
  case stopped(signal: Int32)
  /// It has come to the step that it was to train to; there is a checkpoint of it.
  case paused
  /// A value was no longer finite.
  case diverged(Divergence)
}

/// The first value of a run that was not finite.
package struct Divergence: Sendable {
  /// The step in which it came up.
  package let step: Int
  /// What it was, in words.
  package let message: String
  /// The layer's place in the spec.
  package let mark: Mark?
  /// What it was and where in the spec, in one line.
  package var text: String { mark.map { "\($0.location): \(message)" } ?? message }
}

/// An observer of one run among many, of whom messages say which run they are about.
final class NamedObserver: RunObserver {
  private let name: String
  private let observer: any RunObserver

  init(_ name: String, _ observer: any RunObserver) { (self.name, self.observer) = (name, observer) }

  func began(_ header: RunHeader) { observer.began(header) }
  func progressed(_ progress: RunProgress) { observer.progressed(progress) }
  func noted(_ message: String) { observer.noted("\(name): \(message)") }
  func wrote(_ path: String) { observer.wrote(path) }
  func concluded(_ verdicts: [(subject: String, sentence: String)]) { observer.concluded(verdicts) }
}
