import Specs

/// Handwritten letters and digits in MNIST's format, in six selections.
///
/// G. Cohen, S. Afshar, J. Tapson, A. van Schaik, "EMNIST: an extension of MNIST to handwritten letters", 2017. The
/// published images have rows and columns exchanged; they are put upright here. The values are `x / 127.5 - 1`. What is
/// downloaded is verified; of files that came another way the shape and the labels are.
///
/// ```yaml
/// dataset: {emnist: {split: letters}}
/// dataset: {emnist: {split: balanced, part: test}}
/// ```
package struct EMNIST: ArchivedImages {
  package static let name = "emnist"
  package static let summary =
    "handwritten letters and digits, 28 x 28 gray pixels: letters, digits, balanced and others"

  /// Which characters, as the publication names the selections.
  enum Characters: String, Choice {
    case letters, digits, balanced, mnist, bymerge, byclass

    /// Images to train with and to test with.
    var counts: (train: Int, test: Int) {
      switch self {
      case .letters: (124_800, 20_800)
      case .digits: (240_000, 40_000)
      case .balanced: (112_800, 18_800)
      case .mnist: (60_000, 10_000)
      case .bymerge, .byclass: (697_932, 116_323)
      }
    }

    /// The characters of the classes; letters that look alike in both cases are one class where they are merged.
    var classes: String {
      let digits = "0123456789"
      let capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
      return switch self {
      case .letters: capitals
      case .digits, .mnist: digits
      case .balanced, .bymerge: digits + capitals + "abdefghnqrt"
      case .byclass: digits + capitals + capitals.lowercased()
      }
    }
  }

  let characters: Characters
  package let split: ImageArchive.Split
  package let selection: Selection

  private static let part: FieldName = "part"
  package static var partField: String? { part.name }

  package init(from fields: inout Fields) {
    characters = fields.choice("split", default: .letters, "which characters")
    split = ImageArchive.Split(from: &fields, EMNIST.part)
    selection = Selection(from: &fields)
  }

  package var archive: ImageArchive {
    let stem = "emnist-\(characters.rawValue)"
    func part(_ name: String, _ count: Int) -> ImageArchive.Part {
      ImageArchive.Part(
        images: "\(stem)-\(name)-images-idx3-ubyte", labels: "\(stem)-\(name)-labels-idx1-ubyte", count: count)
    }
    let counts = characters.counts
    return ImageArchive(
      title: "EMNIST", folders: ["emnist", "gzip"],
      remedy: "get it with `gan-exp data fetch emnist`, or give --data-dir a folder with the files",
      classes: Classes(characters.classes.map { String($0) }), digests: [:], train: part("train", counts.train),
      test: part("test", counts.test), firstLabel: characters == .letters ? 1 : 0, isTransposed: true)
  }

  package static let publication: Publication? = Publication(
    title: "EMNIST", home: "https://www.nist.gov/itl/products-and-services/emnist-dataset",
    licence: "none stated; from NIST Special Database 19", folder: "emnist",
    files: [
      Publication.File(
        "gzip.zip", at: "https://biometrics.nist.gov/cs_links/EMNIST/gzip.zip",
        digest: "fb9bb67e33772a9cc0b895e4ecf36d2cf35be8b709693c3564cea2a019fcda8e",
        members: Characters.allCases.flatMap { characters in
          ["train-images-idx3", "train-labels-idx1", "test-images-idx3", "test-labels-idx1"].map {
            "emnist-\(characters.rawValue)-\($0)-ubyte.gz"
          }
        })
    ])
}
