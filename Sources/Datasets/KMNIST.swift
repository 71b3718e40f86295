import Specs

/// Cursive Japanese characters in MNIST's format: 60 000 to train with and 10 000 to test with.
///
/// T. Clanuwat, M. Bober-Irizar, A. Kitamoto, A. Lamb, K. Yamamoto, D. Ha, "Deep Learning for Classical Japanese
/// Literature", 2018. The values are `x / 127.5 - 1`. What is downloaded is verified; of files that came another way
/// the shape and the labels are.
///
/// ```yaml
/// dataset: kmnist
/// ```
package struct KMNIST: ArchivedImages {
  package static let name = "kmnist"
  package static let summary =
    "cursive Japanese characters in ten classes, 28 x 28 gray pixels: 60 000 to train with, 10 000 to test with"

  package let split: ImageArchive.Split
  package let selection: Selection

  package init(from fields: inout Fields) {
    split = ImageArchive.Split(from: &fields)
    selection = Selection(from: &fields)
  }

  package var archive: ImageArchive {
    ImageArchive(
      title: "KMNIST", folders: ["kmnist"],
      remedy: "get it with `gan-exp data fetch kmnist`, or give --data-dir a folder with the files",
      classes: Classes(["o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"]), digests: [:])
  }

  package static let publication: Publication? = Publication(
    title: "KMNIST", home: "http://codh.rois.ac.jp/kmnist/", licence: "CC BY-SA 4.0", folder: "kmnist",
    files: Publication.files(
      in: "http://codh.rois.ac.jp/kmnist/dataset/kmnist/",
      [
        "train-images-idx3-ubyte.gz": "51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4",
        "train-labels-idx1-ubyte.gz": "e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17",
        "t10k-images-idx3-ubyte.gz": "edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5",
        "t10k-labels-idx1-ubyte.gz": "20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c",
      ]))
}
