import Specs

/// Photographs in a hundred classes, or in twenty groups of five: 50 000 to train with and 10 000 to test with.
///
/// A. Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009. The values are `x / 127.5 - 1`.
///
/// ```yaml
/// dataset: cifar100
/// dataset: {cifar100: {labels: coarse}}
/// ```
package struct CIFAR100: CIFARImages {
  package static let name = "cifar100"
  package static let summary =
    "photographs in a hundred classes, 32 x 32 RGB pixels: 50 000 to train with, 10 000 to test with"

  enum Labels: String, Choice { case fine, coarse }

  package static let partField: String? = "split"
  package let split: ImageArchive.Split
  let labels: Labels
  package let selection: Selection

  package init(from fields: inout Fields) {
    split = ImageArchive.Split(from: &fields)
    labels = fields.choice("labels", default: .fine, "the hundred classes, or the twenty groups that they make")
    selection = Selection(from: &fields)
  }

  var files: CIFAR {
    CIFAR(
      title: "CIFAR-100", folders: ["cifar-100-binary", "cifar100"],
      remedy: "get it with `gan-exp data fetch cifar100`, or give --data-dir a folder with the files",
      files: [split == .train ? "train.bin" : "test.bin"], recordsPerFile: split == .train ? 50_000 : 10_000,
      labelBytes: 2, labelIndex: labels == .coarse ? 0 : 1, classes: Classes(count: labels == .coarse ? 20 : 100))
  }

  package static let publication: Publication? = Publication(
    title: "CIFAR-100", home: "https://www.cs.toronto.edu/~kriz/cifar.html", licence: "none stated; cite the report",
    folder: "cifar-100-binary",
    files: [
      Publication.File(
        "cifar-100-binary.tar.gz", at: "https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz",
        digest: "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec",
        members: ["train.bin", "test.bin"])
    ])
}
