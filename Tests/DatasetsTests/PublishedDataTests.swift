import Datasets
import TestSupport
import Testing

/// The datasets whose files are not here, from files of the same form.
@Suite struct PublishedDataTests {
  @Test func `CIFAR-10's planes become pixels`() throws {
    let folder = try TemporaryFolder()
    var bytes: [UInt8] = []
    bytes.reserveCapacity(10_000 * 3073)
    for record in 0..<10_000 {
      bytes.append(UInt8(record % 10))
      for index in 0..<3072 { bytes.append(UInt8(truncatingIfNeeded: record &+ index / 1024 * 50 &+ index % 1024)) }
    }
    try folder.put(bytes, into: "cifar-10-batches-bin/test_batch.bin")
    let location = DataLocation.standard(dataDirectory: folder.path)
    let table = try loaded("cifar10", "split: test, classes: [3, 5]", from: location)
    #expect(table.count == 2000)
    #expect(table.sampleShape == [32, 32, 3])
    #expect(table.labels?.prefix(4) == [0, 1, 0, 1])
    // Sample 1 is record 5.
    for pixel in 0..<1024 {
      for channel in 0..<3 {
        #expect(table.bytes[3072 + 3 * pixel + channel] == UInt8(truncatingIfNeeded: 5 + 50 * channel + pixel))
      }
    }
    bytes[3073] = 10
    try folder.put(bytes, into: "cifar-10-batches-bin/test_batch.bin")
    #expect(
      try refusal("cifar10", "split: test", from: location).headline.hasSuffix(
        "the label of record 1 is 10, not one of 0 to 9"))
    try folder.put(Array(bytes.dropLast()), into: "cifar-10-batches-bin/test_batch.bin")
    #expect(try refusal("cifar10", "split: test", from: location).headline.contains("it has 30729999 bytes"))
  }

  @Test(arguments: [("", 100, 7), ("labels: coarse", 20, 3)])
  func `CIFAR-100 has two kinds of labels`(fields: String, classes: Int, label: Int32) throws {
    let folder = try TemporaryFolder()
    var bytes = [UInt8](repeating: 9, count: 10_000 * 3074)
    for record in 0..<10_000 { (bytes[3074 * record], bytes[3074 * record + 1]) = (3, 7) }
    try folder.put(bytes, into: "test.bin")
    let table = try loaded(
      "cifar100", "split: test\(fields.isEmpty ? "" : ", " + fields)", from: .standard(dataDirectory: folder.path))
    #expect(table.labels?.allSatisfy { $0 == label } == true)
    #expect(try dataset("cifar100", fields).dataset.survey(in: .standard()).classes?.count == classes)
  }

  /// A file of images [count, 28, 28] in which pixel (y, x) of image i is 7 i + 28 y + x, and one of labels.
  private func put(_ images: String, _ labels: String, count: Int, label: (Int) -> UInt8, in folder: TemporaryFolder)
    throws
  {
    let length = [UInt8(count >> 16 & 255), UInt8(count >> 8 & 255), UInt8(count & 255)]
    var bytes: [UInt8] = [0, 0, 8, 3, 0] + length + [0, 0, 0, 28, 0, 0, 0, 28]
    for image in 0..<count { for pixel in 0..<784 { bytes.append(UInt8(truncatingIfNeeded: 7 * image + pixel)) } }
    try folder.put(bytes, into: images)
    try folder.put([0, 0, 8, 1, 0] + length + (0..<count).map(label), into: labels)
  }

  @Test func `EMNIST's images are put upright, and its letters counted from 0`() throws {
    let folder = try TemporaryFolder()
    try put(
      "emnist-letters-test-images-idx3-ubyte", "emnist-letters-test-labels-idx1-ubyte", count: 20_800,
      label: { UInt8($0 % 26 + 1) }, in: folder)
    let location = DataLocation.standard(dataDirectory: folder.path)
    let table = try loaded("emnist", "split: letters, part: test", from: location)
    #expect(table.labels?.prefix(3) == [0, 1, 2])
    for y in 0..<28 {
      for x in 0..<28 { #expect(table.bytes[784 + 28 * y + x] == UInt8(truncatingIfNeeded: 7 + 28 * x + y)) }
    }
    #expect(
      try dataset("emnist", "split: balanced").dataset.survey(in: location).classes
        == Classes("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabdefghnqrt".map { String($0) }))
    try put(
      "emnist-letters-test-images-idx3-ubyte", "emnist-letters-test-labels-idx1-ubyte", count: 20_800,
      label: { _ in 0 }, in: folder)
    #expect(
      try refusal("emnist", "split: letters, part: test", from: location).headline.hasSuffix(
        "label 0 is 0, not one of 1 to 26"))
  }

  @Test func `KMNIST is read as MNIST is, and labels count for its digest`() throws {
    let folder = try TemporaryFolder()
    let (images, labels) = ("kmnist/t10k-images-idx3-ubyte", "kmnist/t10k-labels-idx1-ubyte")
    try put(images, labels, count: 10_000, label: { UInt8($0 % 10) }, in: folder)
    let location = DataLocation.standard(dataDirectory: folder.path)
    let table = try loaded("kmnist", "split: test", from: location)
    #expect(table.bytes[784 + 5] == 12)
    try put(images, labels, count: 10_000, label: { UInt8(9 - $0 % 10) }, in: folder)
    #expect(try loaded("kmnist", "split: test", from: location).digest != table.digest)
    try put(images, labels, count: 9_999, label: { UInt8($0 % 10) }, in: folder)
    #expect(
      try refusal("kmnist", "split: test", from: location).headline.hasSuffix(
        "it has the shape [9999, 28, 28], not [10000, 28, 28]"))
  }
}

@Suite struct IDXDataTests {
  @Test(
    arguments: [
      ([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4], [1, 2, 1]),
      ([0, 0, 8, 4, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3], [1, 1, 3]),
    ] as [([UInt8], [Int])])
  func `images of any size are read, with labels`(file: [UInt8], shape: [Int]) throws {
    let folder = try TemporaryFolder()
    try folder.put(file, into: "images")
    let count = UInt8(shape[2] == 3 ? 1 : 2)
    try folder.put([0, 0, 8, 1, 0, 0, 0, count] + [UInt8](repeating: 4, count: Int(count)), into: "labels")
    let location = DataLocation.standard(dataDirectory: folder.path)
    let table = try loaded("idx", "images: images, labels: labels", from: location)
    #expect(table.sampleShape == shape)
    #expect(table.labels == [Int32](repeating: 4, count: Int(count)))
    #expect(try loaded("idx", "images: images", from: location).labels == nil)
    try folder.put([0, 0, 8, 1, 0, 0, 0, 5, 1, 2, 3, 4, 5], into: "labels")
    let error = try refusal("idx", "images: images, labels: labels", from: location)
    #expect(error.headline == "\(folder("labels")) has 5 labels, but there are \(count) samples")
    #expect(error.field == "labels")
    #expect(try refusal("idx", "images: labels", from: location).headline.contains("has the shape [5], but images are"))
  }
}
