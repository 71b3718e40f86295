import Foundation
import TestSupport
import Testing

/// Specs whose sizes go to the limits of what can be counted, read or held.
@Suite(.serialized) struct LargeSpecsTests {
  @Test func `sizes whose sum overflows are too large, not a crash`() throws {
    let folder = try TemporaryFolder()
    let branch = "[maxout: {units: 1000000, pieces: 1024}]"
    try folder.put(
      """
      dataset: gaussian_ring
      generator:
        - dense: {units: 1000000}
        - reshape: {shape: [1000, 1000, 1]}
        - up_sampling2d: {size: 16}
        - flatten
        - concat: {branches: [\(branch), \(branch), \(branch), \(branch)]}
        - dense: {units: 2}
      discriminator: [dense: {units: 1}]

      """, into: "overflow.yaml")
    let result = try Program.run(["check", "overflow.yaml"], in: folder.path)
    #expect(result.status == 65)
    #expect(
      result.errors.hasPrefix("overflow.yaml:7:5: error: the experiment needs at least "),
      Comment(rawValue: result.errors))
  }

  @Test func `a spec that is long with its defaults can be resumed and sampled`() throws {
    let block = "residual: {body: [" + String(repeating: "leaky_relu, ", count: 199) + "leaky_relu]}"
    let blocks = String(repeating: block + ", ", count: 11)
    let scratch = try RunScratch(
      spec: """
        name: small
        dataset: {gaussian_ring: {samples: 64}}
        latent: {dim: 2}
        generator: [\(blocks)dense: {units: 2}]
        discriminator: [\(String(repeating: block + ", ", count: 4))dense: {units: 1}]
        training: {batch_size: 4, epochs: 1000, steps: 1}
        record: {sample_count: 4}

        """)
    let run = try scratch.gan("run", "small.yaml", "--quiet")
    #expect(run.status == 0, Comment(rawValue: run.errors))
    let resolved = try String(contentsOfFile: scratch.run() + "/resolved.yaml", encoding: .utf8)
    #expect(resolved.utf8.count > 1 << 17)
    let sampled = try scratch.gan("sample", scratch.run(), "-n", "4", "-o", "a.png")
    #expect(sampled.status == 0, Comment(rawValue: sampled.errors))
    let checked = try scratch.gan("check", scratch.run() + "/resolved.yaml", "--resolved")
    #expect(checked.status == 0, Comment(rawValue: checked.errors))
  }
}
