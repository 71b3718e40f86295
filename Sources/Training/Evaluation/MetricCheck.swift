import Compute
import Datasets
import Evaluation
import Specs

extension EvaluationFields.Measurement {
  /// Reads how many samples are measured, and by which metrics.
  /// - Parameters:
  ///   - usual: the number of samples unless the spec says another one.
  ///   - types: the metrics unless the spec names some; those of too few samples are left out of them.
  ///   - hasFloors: whether it is also measured what real samples get.
  init(
    from fields: inout Fields, samples usual: Int, _ types: [any Metric.Type], _ check: MetricCheck, hasFloors: Bool
  ) {
    let samples = fields.integer(
      FieldName("samples", alsoCalled: ["num_samples"]), in: 2...1_000_000, default: usual,
      "generated samples that are measured")
    let names = types.filter { type in
      var fields = Fields.describing(subject: type.name)
      return check.shortage(type.init(from: &fields), samples: samples, hasFloors: hasFloors) == nil
    }.map { $0.name }
    let marked = fields.items(
      "metrics", of: MetricCatalog.all, count: 1...50, default: names, "what is measured of them")
    self.init(
      samples: samples, metrics: marked.map(\.value), features: check.label,
      sampleShape: check.dataset?.sampleShape ?? [])
    guard !fields.isDescribing else { return }
    var columns: Set<String> = []
    for metric in marked {
      check(metric, samples: samples, hasFloors: hasFloors)
      let isNew = metric.value.columns.allSatisfy { columns.insert($0.name).inserted }
      guard !isNew else { continue }
      fields.diagnostics.error(
        "\(type(of: metric.value).name) is measured already: two columns would have one name", at: metric.mark,
        remedy: "keep one of them")
    }
  }
}

/// What a metric needs beside samples, against what there is.
struct MetricCheck {
  let dataset: SurveyedDataset?
  let heldOut: SurveyedDataset?
  let isConditional: Bool
  let features: any FeatureSource
  let diagnostics: Diagnostics

  /// What columns are called for the features; nil for values that are no images'.
  var label: String? { features.network == nil && dataset?.sampleShape.count != 3 ? nil : features.label }

  /// Reports what is missing.
  func callAsFunction(_ metric: Marked<any Metric>, samples: Int, hasFloors: Bool) {
    let (needs, name) = (metric.value.needs, type(of: metric.value).name)
    func refuse(_ problem: String, _ remedy: String) {
      diagnostics.error("\(name) \(problem)", at: metric.mark, remedy: remedy)
    }
    guard let dataset else { return }
    if needs.contains(.mixture), !(dataset.source is any GaussianMixture) {
      refuse("is of data whose density is known, not of \(dataset.name)", "leave it out")
    } else if needs.contains(.images), dataset.sampleShape.count != 3 {
      refuse("is of images, not of \(dataset.name), whose samples are \(Shape(dataset.sampleShape))", "leave it out")
    } else if needs.contains(.images), let side = dataset.sampleShape.prefix(2).min(), side < metric.value.leastSide {
      refuse(
        "is of images of at least \(metric.value.leastSide) x \(metric.value.leastSide) pixels, but those of "
          + "\(dataset.name) are \(Shape(dataset.sampleShape))", "leave it out")
    } else if needs.contains(.classifier), features.network == nil {
      refuse("needs a classifier, but samples are measured by their values", "use features: digits-1, or leave it out")
    } else if needs.contains(.conditions), !isConditional {
      refuse("is of generators that are told a class", "leave it out, or make the spec conditional")
    } else if needs.isSuperset(of: [.classifier, .conditions]), let file = features.network, file.shipped != nil,
      file.classNumbers(of: dataset) == nil
    {
      refuse(
        "compares classes of \(dataset.name) with those of \(features.label ?? ""), which are others",
        "use a network of these classes, or leave it out")
    } else if needs.contains(.heldOut), heldOut == nil {
      refuse(
        "needs samples that nothing learned from, of which \(dataset.name) has none here",
        "name some: dataset: {\(dataset.name): ...}, or leave it out")
    } else if let shortage = shortage(metric.value, samples: samples, hasFloors: hasFloors) {
      refuse(shortage.problem, shortage.remedy)
    }
  }

  /// Which samples a metric has too few of; nil where all are enough.
  ///
  /// Metrics that compare one half of the held-out samples with the other need twice as many of these where they do. Where nothing is
  /// held out the data are one half the samples that are measured beside, and one half what stands for generated ones.
  func shortage(_ metric: any Metric, samples: Int, hasFloors: Bool) -> (problem: String, remedy: String)? {
    guard let dataset else { return nil }
    let isHalved = hasFloors && metric.floor == .heldOut
    let fewest = metric.fewest * (isHalved ? 2 : 1)
    if samples < fewest { return ("needs at least \(fewest) samples, not \(samples)", "use samples: \(fewest)") }
    if let heldOut, heldOut.count < fewest {
      return (
        "needs at least \(fewest) held-out samples, but there \(heldOut.count == 1 ? "is" : "are") \(heldOut.count)",
        "hold more out, or leave it out"
      )
    }
    let learned = metric.fewest * (heldOut == nil ? 2 : 1)
    guard dataset.count < learned else { return nil }
    return (
      "needs at least \(learned) samples of \(dataset.name), but there \(dataset.count == 1 ? "is" : "are") \(dataset.count)",
      "use more, or leave it out"
    )
  }
}
