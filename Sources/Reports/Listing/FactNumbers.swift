/// Numbers for the names of facts, in the order in which these came.
struct FactNumbers {
  /// The names, each at its number.
  private(set) var names: [String] = []
  private var numbers: [String: UInt32] = [:]

  /// Names that have their numbers already.
  init(_ names: [String]) {
    self.names = names
    for (number, name) in names.enumerated() { numbers[name] = UInt32(number) }
  }

  /// The number of a name; nil where it has none.
  subscript(name: String) -> UInt32? { numbers[name] }

  /// The number of a name, a new one where it has none.
  mutating func number(of name: String) -> UInt32 {
    if let number = numbers[name] { return number }
    let number = UInt32(names.count)
    numbers[name] = number
    names.append(name)
    return number
  }
}
