import Networks
import Specs

/// Multi-scale structural similarity of pairs of generated images, MS-SSIM: 1 where all are equal, smaller the more they differ (Wang
/// et al., "Multi-scale Structural Similarity for Image Quality Assessment", 2003; between pairs of samples, Odena et al.,
/// "Conditional Image Synthesis with Auxiliary Classifier GANs", 2017).
///
/// Images of which a side is no multiple of 16, which four halvings take, lie in the middle of larger ones of value 0, and the column
/// is named for these: `ms_ssim@pad32` of 28 x 28 pixels.
package struct StructuralSimilarityMetric: Metric {
  package static let name = "ms_ssim"
  package static let summary = "multi-scale structural similarity of pairs of generated images, 1 of equal ones"
  package static let alsoCalled = ["structural_similarity", "msssim"]

  package init(from fields: inout Fields) {}

  package var columns: [Column] {
    [
      Column(
        "ms_ssim", "the mean multi-scale structural similarity of pairs of generated images", direction: .none,
        reduction: .last)
    ]
  }
  package var needs: Needs { .images }

  /// A side that four halvings take.
  private static func padded(_ side: Int) -> Int { (side + 15) / 16 * 16 }

  package func label(features: String?, sampleShape: [Int]) -> String? {
    guard sampleShape.count == 3 else { return nil }
    let sides = sampleShape.prefix(2)
    let padded = sides.map(StructuralSimilarityMetric.padded)
    guard padded != Array(sides) else { return nil }
    return padded[0] == padded[1] ? "pad\(padded[0])" : "pad\(padded[0])x\(padded[1])"
  }

  package func values(of subject: Subject) -> [Measured] {
    guard let images = subject.generated.images else { preconditionFailure("samples that are no images") }
    let whole = images.padded(
      height: StructuralSimilarityMetric.padded(images.height), width: StructuralSimilarityMetric.padded(images.width),
      with: 0)
    let mean = StructuralSimilarity.mean(ofPairsIn: whole, on: subject.pool)
    return [Measured(mean?.value ?? .nan, standardError: mean?.standardError)]
  }

  /// The larger images: a side of 17 becomes one of 32.
  package func bytes(_ counts: SampleCounts) -> Int { 4 * counts.images(counts.generated) }
}
