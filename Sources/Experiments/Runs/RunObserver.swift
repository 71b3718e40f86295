import Networks
import YAML

/// Somebody who watches a run: a terminal, a log, a test.
public protocol RunObserver: AnyObject {
  /// The run begins, or goes on.
  func began(_ header: RunHeader)
  /// A step is done; called at most ten times a second, and at the end.
  func progressed(_ progress: RunProgress)
  /// Something a person should know.
  func noted(_ message: String)
  /// A sheet or checkpoint was written.
  func wrote(_ path: String)
}

/// What a run is, for its first lines.
public struct RunHeader: Sendable {
  /// The experiment.
  public let experiment: Experiment
  /// The run's folder.
  public let folder: RunFolder
  /// Where the data were found.
  public let dataOrigin: String
  /// What it runs on.
  public let machine: Machine
  /// Threads it uses.
  public let threads: Int
  /// The step it goes on after.
  public let step: Int
  /// Steps in all.
  public let steps: Int
}

/// How far a run is.
public struct RunProgress: Sendable {
  /// Steps done.
  public let step: Int
  /// Steps in all.
  public let steps: Int
  /// The epoch of the step.
  public let epoch: Int
  /// The last epoch.
  public let epochs: Int
  /// The metrics of the last row or, before it, of the last step.
  package let metrics: [Column: Float]
  /// Steps a second over the last seconds.
  public let stepsPerSecond: Double
  /// Seconds left at that speed.
  public let secondsLeft: Double
  /// Whether this is the last call.
  public let isLast: Bool
}

/// How a run ended.
public enum RunOutcome: Sendable {
  /// All steps are done.
  case complete
  /// A signal asked to stop; a checkpoint was written.
  case stopped(signal: Int32)
  /// A value was no longer finite.
  case diverged(Divergence)
}

/// The first value of a run that was not finite.
public struct Divergence: Sendable {
  /// The step in which it came up.
  public let step: Int
  /// What it was, in words.
  public let message: String
  /// The layer's place in the spec.
  public let mark: Mark?
  /// What it was and where in the spec, in one line.
  public var text: String { mark.map { "\($0.location): \(message)" } ?? message }
}
