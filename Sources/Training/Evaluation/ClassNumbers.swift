import Datasets

/// Which classes of a classifier those of some data are.
struct ClassNumbers: Sendable {
  /// Of each class of the data, the number that the classifier gives it.
  let numbers: [Int]
  /// Whether these are all that it tells apart, in its order: only then it is to find in samples what their labels say.
  let isWhole: Bool

  init(_ numbers: [Int], of count: Int) { (self.numbers, isWhole) = (numbers, numbers == Array(0..<count)) }
}

extension FeatureFile {
  /// The classes of data among those of a classifier; nil where it tells other classes apart.
  ///
  /// What the classes of a network that comes with the program are called is known; of another one their number is, so that data
  /// with as many classes are taken to have the same ones, and of data of which some classes were chosen these are their numbers in
  /// the whole. One that comes with the program looks at each channel of an image, and tells their classes apart together.
  /// - Parameter count: how many classes the network tells apart, where it was read.
  func classNumbers(of dataset: SurveyedDataset, count: Int? = nil) -> ClassNumbers? {
    guard let classes = dataset.classes else { return nil }
    let channels = dataset.sampleShape.count == 3 ? dataset.sampleShape[2] : 1
    let known = shipped?.classes
    if let known, channels == 1, let names = classes.names {
      let numbers = names.compactMap { known.names?.firstIndex(of: $0) }
      return numbers.count == names.count ? ClassNumbers(numbers, of: known.count) : nil
    }
    guard let count = known.flatMap({ FeatureNetwork.joint($0.count, channels) }) ?? count else { return nil }
    if classes.count == count { return ClassNumbers(Array(0..<count), of: count) }
    guard let chosen = (dataset.source as? any SelectableDataset)?.selection.classes else { return nil }
    return chosen.allSatisfy { $0 < count } ? ClassNumbers(chosen, of: count) : nil
  }
}
