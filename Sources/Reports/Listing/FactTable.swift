import Files

/// The names and the values of facts of many runs, each once: what is known of a run are pairs of a name's number and a
/// value's place.
struct FactTable: Sendable {
  /// The names, each at its number.
  private(set) var names: [String]
  private var numbers: [String: UInt32] = [:]
  /// Values that an index has, one behind the other, each behind its length.
  private let known: PackedReader
  /// Those that came since, whose places follow.
  private var added = PackedWriter()
  private var places: [[UInt8]: UInt32] = [:]

  /// Names and values that have their numbers and places already.
  init(names: [String] = [], values: PackedReader = PackedReader([])) {
    (self.names, known) = (names, values)
    for (number, name) in names.enumerated() { numbers[name] = UInt32(number) }
  }

  /// The number of a name; nil where it has none.
  subscript(name: String) -> UInt32? { numbers[name] }

  /// The value at a place, packed; nil where there is none.
  func value(at place: UInt32) -> PackedReader? {
    let place = Int(place)
    return place < known.count
      ? known.part(at: place) : PackedReader(added.bytes).part(at: place - known.count)
  }

  /// All values, for an index that is written of a table that began with none.
  var values: [UInt8] { added.bytes }

  /// The number of a name, a new one where it has none.
  private mutating func number(of name: String) -> UInt32 {
    if let number = numbers[name] { return number }
    let number = UInt32(names.count)
    numbers[name] = number
    names.append(name)
    return number
  }

  /// The place of a value, a new one where it has none.
  private mutating func place(of value: [UInt8]) -> UInt32 {
    if let place = places[value] { return place }
    let place = UInt32(known.count + added.bytes.count)
    places[value] = place
    added.add(part: value)
    return place
  }

  /// What is known of a run, as pairs in the order of names' numbers.
  mutating func pack(_ facts: RunFacts) -> [UInt8] {
    FactTable.packed(facts.all.map { (number(of: $0.name), place(of: $0.fact.packed)) })
  }

  /// The same pairs in another table, whose numbers and places are noted for the next.
  func move(_ content: PackedReader, to other: inout FactTable, _ moved: inout Moved) -> [UInt8] {
    FactTable.packed(
      content.pairs.compactMap { name, place in
        if moved.names[name] == nil { moved.names[name] = other.number(of: names[Int(name)]) }
        if moved.places[place] == nil {
          moved.places[place] = value(at: place).map { other.place(of: Array($0.rest)) }
        }
        guard let name = moved.names[name], let place = moved.places[place] else { return nil }
        return (name, place)
      })
  }

  /// Which numbers and places of one table are which of another.
  struct Moved {
    var names: [UInt32: UInt32] = [:]
    var places: [UInt32: UInt32] = [:]
  }

  private static func packed(_ pairs: [(UInt32, UInt32)]) -> [UInt8] {
    var writer = PackedWriter()
    for (name, place) in pairs.sorted(by: { $0.0 < $1.0 }) {
      writer.add(name)
      writer.add(place)
    }
    return writer.bytes
  }
}
