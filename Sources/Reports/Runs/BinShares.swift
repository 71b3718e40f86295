import Datasets
import Evaluation
import Runs
import Specs
import Training

/// Shares of samples in classes or modes beside those of the data, of one run or as means over several.
package struct BinShares: Sendable {
  /// A class or mode.
  package struct Bin: Sendable {
    /// Its number.
    package let number: Int
    /// What it is called; its number where it has no name.
    package let name: String
    /// Generated samples, a mean over runs.
    package let generated: Double
    /// Their share of all samples.
    package let share: Double
    /// The least and the greatest share of the runs.
    package let range: ClosedRange<Double>
    /// The share of real samples; nil where that is not known.
    package let real: Double?
    /// The share by that of real samples; nil where these have none.
    package let ratio: Double?
    /// The middle of the mode; nil of a class, and where it is not known.
    package let centre: SIMD2<Float>?

    /// Whether there is no sample of what real samples have.
    package var isMissing: Bool { generated == 0 && real != 0 }
    /// Whether there are at most twice as many as in the data, and at least half as many.
    package var isNear: Bool { ratio.map { $0 >= 0.5 && $0 <= 2 } ?? false }
  }

  /// What the bins are, in the plural: `classes`, `modes`.
  package let counted: String
  /// The step after which samples were counted; nil where runs differ in it.
  package let step: Int?
  /// The bins, by their numbers.
  package let bins: [Bin]
  /// The share of samples in none; nil where every sample is in one.
  package let elsewhere: Double?
  /// The share of real samples in none.
  package let realElsewhere: Double?
  /// How many runs they are the means of.
  package let runs: Int
  /// How many samples were counted in each run; nil where runs differ in it.
  package let samples: Int?

  /// The means over the last counts of some runs; nil where they do not count the same bins.
  /// - Parameters:
  ///   - names: what the bins are called, where all have names.
  ///   - centres: the middles of the modes.
  package init?(_ all: [CountedBins], names: [String]?, centres: [SIMD2<Float>]? = nil) {
    guard let first = all.first,
      all.allSatisfy({ $0.counted == first.counted && $0.generated.count == first.generated.count && $0.samples > 0 })
    else { return nil }
    let runs = Double(all.count)
    func mean(_ value: (CountedBins) -> Double) -> Double { all.reduce(0) { $0 + value($1) } / runs }
    let hasReal = all.allSatisfy { $0.real != nil }
    let names = names.flatMap { $0.count == first.generated.count ? $0 : nil }
    let centres = centres.flatMap { $0.count == first.generated.count ? $0 : nil }
    counted = first.counted
    bins = first.generated.indices.map { number in
      let shares = all.map { Double($0.generated[number]) / Double($0.samples) }
      let share = shares.reduce(0, +) / runs
      let real = hasReal ? mean { ($0.real?[number] ?? 0) / Double($0.samples) } : nil
      return Bin(
        number: number, name: names?[number] ?? String(number), generated: mean { Double($0.generated[number]) },
        share: share, range: (shares.min() ?? share)...(shares.max() ?? share), real: real,
        ratio: real.flatMap { $0 > 0 ? share / $0 : nil }, centre: centres?[number])
    }
    func shared<Value: Equatable>(_ value: (CountedBins) -> Value) -> Value? {
      all.allSatisfy { value($0) == value(first) } ? value(first) : nil
    }
    elsewhere = first.generatedElsewhere.map { _ in mean { Double($0.generatedElsewhere ?? 0) / Double($0.samples) } }
    realElsewhere = first.realElsewhere.map { _ in mean { ($0.realElsewhere ?? 0) / Double($0.samples) } }
    (step, samples, self.runs) = (shared(\.step), shared(\.samples), all.count)
  }

  /// One run's.
  package init?(_ counts: CountedBins, names: [String]?, centres: [SIMD2<Float>]? = nil) {
    self.init([counts], names: names, centres: centres)
  }

  /// Bins of which the data have samples and none was generated.
  package var missing: [Bin] { bins.filter(\.isMissing) }
}

extension RunSummary {
  /// What the classes are called that samples are counted in; nil where they have numbers alone, and where only some were chosen.
  package func names(of counted: String) -> [String]? {
    let chosen = spec?["dataset"]?[data.name]?["classes"]
    return counted == BinCounts.classes && chosen?.isNull ?? true ? data.survey?.classes?.names : nil
  }
}

extension ReportRun {
  /// The middles of the modes of its data, a coordinate below 1e-6 of the largest, what rounding leaves of a sine, as 0; nil where
  /// these are none that are known.
  var centres: [SIMD2<Float>]? {
    guard let spec, let survey = record.data.survey else { return nil }
    var fields = Fields(spec, of: "a spec", diagnostics: Diagnostics())
    let dataset = DataKnowledge.known(survey).dataset(in: &fields)
    guard let centres = (dataset?.source as? any GaussianMixture)?.centres else { return nil }
    let largest = centres.flatMap { [abs($0.x), abs($0.y)] }.max() ?? 0
    return centres.map { centre in
      centre.replacing(with: 0, where: .!(centre .> 1e-6 * largest) .& .!(centre .< -1e-6 * largest))
    }
  }
}
