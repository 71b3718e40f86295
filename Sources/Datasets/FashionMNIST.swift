import Specs

/// Photographs of clothes in MNIST's format: 60 000 to train with and 10 000 to test with.
///
/// H. Xiao, K. Rasul, R. Vollgraf, "Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning
/// Algorithms", 2017. The values are `x / 127.5 - 1`. The files are those of Debian's `dataset-fashion-mnist`.
///
/// ```yaml
/// dataset: fashion_mnist
/// dataset: {fashion_mnist: {split: test}}
/// ```
package struct FashionMNIST: ArchivedImages {
  package static let name = "fashion_mnist"
  package static let summary =
    "clothes in ten classes, 28 x 28 gray pixels: 60 000 to train with, 10 000 to test with"

  package let split: ImageArchive.Split
  package let selection: Selection

  package init(from fields: inout Fields) {
    split = ImageArchive.Split(from: &fields)
    selection = Selection(from: &fields)
  }

  package var archive: ImageArchive { FashionMNIST.archive }

  package static let archive = ImageArchive(
    title: "Fashion-MNIST", folders: ["fashion-mnist", "fashion_mnist"],
    remedy: "get it with `gan-exp data fetch fashion_mnist` or `apt-get install dataset-fashion-mnist`",
    classes: Classes([
      "t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot",
    ]),
    digests: [
      "train-images-idx3-ubyte": "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
      "train-labels-idx1-ubyte": "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
      "t10k-images-idx3-ubyte": "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
      "t10k-labels-idx1-ubyte": "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
    ])

  package static let publication: Publication? = Publication(
    title: "Fashion-MNIST", home: "https://github.com/zalandoresearch/fashion-mnist", licence: "MIT",
    folder: "fashion-mnist",
    files: Publication.files(
      in: "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
      [
        "train-images-idx3-ubyte.gz": "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
        "train-labels-idx1-ubyte.gz": "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
        "t10k-images-idx3-ubyte.gz": "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
        "t10k-labels-idx1-ubyte.gz": "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
      ], contents: archive.digests))
}
