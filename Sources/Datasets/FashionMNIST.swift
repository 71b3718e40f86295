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
    "Clothes in ten classes, 28 x 28 gray pixels: 60 000 to train with, 10 000 to test with."

  package let split: ImageArchive.Split
  package init(split: ImageArchive.Split) { self.split = split }

  package static let archive = ImageArchive(
    title: "Fashion-MNIST", folders: ["fashion-mnist", "fashion_mnist"],
    remedy:
      "install it with `apt-get install dataset-fashion-mnist`, or give --data-dir a folder with the files",
    digests: [
      "train-images-idx3-ubyte": "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
      "train-labels-idx1-ubyte": "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
      "t10k-images-idx3-ubyte": "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
      "t10k-labels-idx1-ubyte": "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
    ])
}
