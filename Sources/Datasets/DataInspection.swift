/// How much of the data was looked at while a spec was checked: what was not can still be found wrong by a run.
package struct DataInspection: Equatable, Sendable {
  /// What was done, in a clause such as "decoded 200 of 200 pictures".
  package let sentence: String
  /// Whether nothing is left that a run could find wrong.
  package let isComplete: Bool
  /// How to get the data, where they are not here.
  package var absence: String?

  /// Everything was looked at.
  static func complete(_ sentence: String) -> DataInspection {
    DataInspection(sentence: sentence, isComplete: true)
  }

  /// Something is left to the run.
  static func partial(_ sentence: String) -> DataInspection {
    DataInspection(sentence: sentence, isComplete: false)
  }

  /// They are not here, so that a run would end at once.
  static func absent(_ remedy: String) -> DataInspection {
    DataInspection(sentence: "not here", isComplete: false, absence: remedy)
  }

  /// So many of so many things: "decoded 1 000 of 90 000 pictures; the rest is decoded by run".
  static func counted(_ verb: String, _ done: Int, of all: Int, _ noun: String) -> DataInspection {
    let words = "\(verb) \(grouped(done)) of \(grouped(all)) \(noun)"
    return done == all ? .complete(words) : .partial("\(words); the rest is \(verb) by run")
  }

  /// Digits in groups of three.
  private static func grouped(_ number: Int) -> String {
    var text = ""
    for (index, digit) in String(number).reversed().enumerated() {
      if index > 0, index % 3 == 0 { text = " " + text }
      text = "\(digit)" + text
    }
    return text
  }
}
