import Compute
import Datasets

/// Which samples a task is evaluated on.
package enum ValidationSource: Sendable {
  /// So many of the dataset's, which no step learns from.
  case share(count: Int)
  /// Other data.
  case data(SurveyedDataset)
}

/// The samples of an experiment in memory.
package struct TaskData: Sendable {
  /// Those that steps learn from.
  package let table: Table
  /// Those that the state is evaluated on; nil for tasks without evaluation, and where there are none.
  package let validation: Table?
  /// The network by whose features samples are measured; nil where they are not, or by their values.
  package let features: FeatureNetwork?
  /// Parameters to begin with; nil where they are drawn, and where a state is there already.
  package var initialWeights: InitialWeights?

  /// The samples, with those to evaluate on.
  package init(table: Table, validation: Table?, features: FeatureNetwork? = nil) {
    self.table = table
    self.validation = validation
    self.features = features
  }
}

extension Experiment {
  /// Reads or generates the samples.
  /// - Parameters:
  ///   - showsPlace: whether what is wrong with them is shown in the spec, where it is one that can be corrected.
  ///   - isBeginning: whether the parameters to begin with are wanted, where the spec has some.
  package func load(
    from location: DataLocation, showsPlace: Bool = false, isBeginning: Bool = false
  ) throws(RunError) -> TaskData {
    var data: TaskData
    do throws(DataError) {
      data = try read(from: location)
    } catch {
      throw showsPlace ? RunError(error, at: dataset.mark(of: error)) : RunError(error)
    }
    if isBeginning { data.initialWeights = try initialWeights?.load(task.networks, in: location) }
    guard let evaluation = (task as? any SamplingTask)?.evaluation else { return data }
    var measured = TaskData(
      table: data.table, validation: data.validation, features: try evaluation.network(of: dataset, in: location))
    measured.initialWeights = data.initialWeights
    return measured
  }

  /// The number of samples that the state is evaluated on; nil for tasks without evaluation.
  package var validationCount: Int? {
    switch task.validation {
    case nil: nil
    case .share(let count): count
    case .data(let other): other.count
    }
  }

  /// Reads or generates the samples.
  ///
  /// Of a share that is held out, which samples these are is drawn from the stream `validation` at step 0: the first of a
  /// permutation; both parts keep the order of the data. Validation data that are generated have the seed after the experiment's.
  private func read(from location: DataLocation) throws(DataError) -> TaskData {
    let table = try dataset.load(from: location, seed: seed)
    switch task.validation {
    case nil: return TaskData(table: table, validation: nil)
    case .data(let other): return TaskData(table: table, validation: try other.load(from: location, seed: seed &+ 1))
    case .share(let count):
      var order = [Int32](repeating: 0, count: table.count)
      Random(seed: seed).shuffle(&order, stream: "validation", step: 0)
      var isHeldOut = [Bool](repeating: false, count: table.count)
      for number in order.prefix(count) { isHeldOut[Int(number)] = true }
      let rows = isHeldOut.indices
      return TaskData(
        table: table.taking(rows.filter { !isHeldOut[$0] }), validation: table.taking(rows.filter { isHeldOut[$0] }))
    }
  }
}
