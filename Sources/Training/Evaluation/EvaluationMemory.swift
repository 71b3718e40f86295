import Compute
import Evaluation

extension EvaluationFields {
  /// Whether a metric needs the features of training samples.
  func looksAtTraining(_ metric: any Metric) -> Bool {
    metric.looksAtTraining(labelsTell: classNumbers?.isWhole ?? false)
  }

  /// Whether what is measured at the end of a run takes so long that it is said before.
  package func takesLong(sampleShape: [Int]) -> Bool {
    EvaluationDefaults.takesLong(atEnd.metrics, dimensions: network?.featureCount ?? Shape.count(sampleShape))
  }

  /// Bytes at most while samples are measured: points of generated and real samples in Double, what a metric takes beside them, and
  /// the values within the generator and the network of features.
  /// - Parameters:
  ///   - sampleShape: of samples; of images the nearest training samples are shown.
  ///   - trainingCount: the number of samples that are learned from.
  ///   - generatorValues: the most values of a sample that are in memory at once while it is generated.
  func bytes(sampleShape: Shape, trainingCount: Int, generatorValues: Int, threads: Int) -> Int {
    let dimensions = network?.featureCount ?? sampleShape.count
    let nearest = min(trainingCount, Judge.mostTraining)
    let isPicture = sampleShape.rank == 3
    func points(_ measurement: Measurement, withFloors: Bool) -> Int {
      let images = regular.looksAtImages || atEnd.looksAtImages ? sampleShape.count : 0
      func counts(_ dimensions: Int) -> SampleCounts {
        SampleCounts(
          generated: measurement.samples, reference: min(measurement.samples, heldOut?.count ?? trainingCount),
          training: nearest, dimensions: dimensions, imageShape: isPicture ? sampleShape.axes : [], threads: threads)
      }
      let metrics = measurement.metrics
      // What is gathered has logits, and maybe the images, behind its features, of which most metrics make nothing.
      let (features, all) = (counts(dimensions), counts(dimensions + (network?.classes ?? 0) + images))
      let own = metrics.map { $0.bytes($0.needs.contains(.classifier) ? all : features) }.max() ?? 0
      let training = metrics.contains(where: looksAtTraining) ? nearest : 0
      // Where it is said what real samples get, as many training samples, or the reference in two halves.
      let floor = withFloors ? max(min(all.generated, trainingCount), all.reference) : 0
      let measured = all.points(all.generated + all.reference + training + floor) + own
      return max(measured, withFloors && isPicture ? all.points(all.reference + nearest) : 0)
    }
    let values = Shape.count([Judge.batch, generatorValues + 2 * sampleShape.count, MemoryLayout<Float>.stride])
    return max(points(regular, withFloors: false), points(atEnd, withFloors: true)) + values
      + (network?.bytes ?? 0)
  }
}

extension Metric {
  /// Whether it needs the features of training samples.
  /// - Parameter labelsTell: whether the classifier's classes are those of the training samples' labels.
  func looksAtTraining(labelsTell: Bool) -> Bool {
    needs.contains(.heldOut) || (needs.contains(.trainingClasses) && !labelsTell)
  }
}
