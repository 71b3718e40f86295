/// A trial of a sweep by its stratum and its number there, both from 0.
package struct TrialNumber: Hashable, Comparable, Sendable {
  package let stratum: Int
  package let number: Int

  package init(stratum: Int, number: Int) { (self.stratum, self.number) = (stratum, number) }

  package static func < (first: TrialNumber, second: TrialNumber) -> Bool {
    (first.stratum, first.number) < (second.stratum, second.number)
  }
}

/// A leg of a trial: its training to the end of a rung, or to its own end.
package struct Leg: Hashable, Sendable {
  package let trial: TrialNumber
  /// Where it ends, in the unit of the rungs; nil for the trial's end.
  package let length: Int?

  package init(_ trial: TrialNumber, length: Int?) { (self.trial, self.length) = (trial, length) }
}

/// What came of a leg.
package struct LegResult: Sendable, Equatable {
  /// The trial's value at its end; nil of a failure.
  package let value: Double?

  package init(_ value: Double?) { self.value = value }
}

/// Where a trial stands.
package struct Standing: Sendable {
  package let trial: TrialNumber
  package let assignment: Assignment
  /// Its last leg that has ended; nil before the first.
  package let leg: Leg?
  /// The value there; nil of a failure, and before the first leg has ended.
  package let value: Double?
  /// How many of its legs have ended.
  package let legs: Int
  /// Whether it has trained to its end.
  package let isWhole: Bool
  /// Whether another leg of it is open.
  package let isOpen: Bool
}
