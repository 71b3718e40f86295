import Compute
import Networks
import Specs

extension Network {
  /// Warns, at their places, of layers that do otherwise than their fields say with such batches.
  func warn(of layers: [Marked<any Layer>], batch: Int, to diagnostics: Diagnostics) {
    var input = inputShape
    for (number, (layer, row)) in zip(layers, rows).enumerated() {
      let next = number + 1 < layers.count ? layers[number + 1].value : nil
      if let caution = layer.value.caution(at: LayerPlace(batch: batch, input: input, next: next)) {
        diagnostics.warning(caution.text, at: layer.mark, remedy: caution.remedy)
      }
      input = row.output
    }
  }
}

extension FitCheck {
  /// A loss that estimates a distance needs a discriminator whose slope something bounds.
  func warnOfUnboundedSlope(_ discriminator: Network) {
    guard loss.needsBoundedSlope, !parts.regularizers.contains(where: \.value.boundsSlope),
      !discriminator.contains(\.boundsSlope)
    else { return }
    diagnostics.warning(
      "nothing here bounds the slope of the discriminator, without which \(lossName) measures no distance and scores run away",
      at: spec.place("loss"),
      remedy: "add regularization: [gradient_penalty] or [weight_clipping], or put spectral_norm around its layers")
  }
}
