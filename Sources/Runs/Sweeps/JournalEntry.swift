import Training

/// A line of a sweep's journal.
package struct JournalEntry: Codable, Sendable {
  /// What happened.
  package enum Event: String, Codable, Sendable {
    /// A command began to train, or submitted jobs that do.
    case begin
    /// A trial was decided.
    case trial
    /// A leg of a run ended.
    case result
    /// An error kept a run from its end; the next command tries again.
    case fail
    /// A run that had ended a leg is gone or was changed.
    case lost
  }

  /// How a leg ended.
  package enum Status: String, Codable, Sendable {
    /// At the end of a rung that is not the last.
    case rung
    /// The run is complete.
    case complete
    /// A value was no longer finite.
    case diverged
    /// The spec has a mistake with these values.
    case refused
  }

  package let event: Event
  /// When, in UTC.
  package let time: String
  /// The words of the command that began.
  package var command: [String]?
  /// The digest of the sweep, `SweepPlan.digest`.
  package var plan: String?
  /// The digest of a trial.
  package var trial: String?
  /// Its values, by `Assignment.text`.
  package var assignment: String?
  /// Operations of a step.
  package var operations: Int?
  /// Steps of an epoch.
  package var stepsPerEpoch: Int?
  /// Steps of the whole run.
  package var steps: Int?
  /// The seed of a run.
  package var seed: UInt64?
  /// The step at which it stands.
  package var step: Int?
  package var status: Status?
  /// Its value; nil of a failure, and where there is none.
  package var value: Double?
  /// The column that the value is of.
  package var metric: String?
  /// Which number of the run it is.
  package var which: String?
  /// What went wrong.
  package var message: String?

  package init(_ event: Event) { (self.event, time) = (event, Now.text) }
}
