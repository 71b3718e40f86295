import Files
import Specs
import SystemPackage

/// A spec as it is read: the file, its parents, and what the command line changes.
package struct SpecFile: Sendable {
  /// The path as the person gave it.
  package let path: String
  /// The file's bytes.
  package let bytes: [UInt8]
  /// Everything merged; nil where the text could not be read.
  ///
  /// A root that still has its `extends` lacks what a parent would have said.
  package let root: Node?

  /// How many files may extend one another.
  static let deepestExtension = 8

  /// Reads a file, what it extends, and overrides such as `training.epochs=5`, reporting all mistakes.
  /// - Throws: `FileError` when the file itself cannot be read.
  package init(path: String, overrides: [String] = [], diagnostics: Diagnostics) throws(FileError) {
    do throws(SpecText.Failure) {
      let limits = SpecFile.limits(of: path)
      let (bytes, identity) = try SpecText.read(path, limit: limits.bytes)
      self.init(
        path: path, bytes: bytes, limits: limits, identity: identity, overrides: overrides, diagnostics: diagnostics)
    } catch {
      switch error {
      case .unreadable(let error): throw error
      case .unfit(let message, let remedy):
        diagnostics.error(message, at: nil, remedy: remedy)
        self.init(path: path, bytes: [], root: nil)
      }
    }
  }

  /// Reads bytes as if they came from `path`, as much as a resolved spec may have.
  package init(path: String, bytes: [UInt8], overrides: [String] = [], diagnostics: Diagnostics) {
    self.init(
      path: path, bytes: bytes, limits: .resolved, identity: nil, overrides: overrides, diagnostics: diagnostics)
  }

  private init(
    path: String, bytes: [UInt8], limits: Parser.Limits, identity: SpecText.Identity?, overrides: [String],
    diagnostics: Diagnostics
  ) {
    var ancestry = Ancestry(paths: [path], identities: identity.map { [$0] } ?? [], byteCount: bytes.count)
    var root = Parser.parse(bytes: bytes, name: path, limits: limits, diagnostics: diagnostics)
    if let child = root { root = ancestry.extended(child, diagnostics) }
    // What is changed may stand in a parent that could not be read.
    if var merged = root, merged["extends"] == nil {
      for override in overrides { merged = Override.apply(override, to: merged, diagnostics: diagnostics) }
      if let pair = merged.pairs?.first(where: { $0.key.text == "extends" }) {
        diagnostics.error(
          "what a spec extends cannot be set", at: pair.key.mark, remedy: "write extends into the spec itself"
        )
        merged = merged.removing("extends")
      }
      root = merged
    }
    self.init(path: path, bytes: bytes, root: root)
  }

  /// How much is read of a file: of one that this program wrote into a run's folder all that it may have written.
  private static func limits(of path: String) -> Parser.Limits {
    let name = "resolved.yaml"
    guard path == name || path.hasSuffix("/" + name) else { return .spec }
    let folder = path.dropLast(name.utf8.count)
    return FileBytes.isFolder(folder + "checkpoints") || FileBytes.exists(folder + "group.json") ? .resolved : .spec
  }

  private init(path: String, bytes: [UInt8], root: Node?) {
    self.path = path
    self.bytes = bytes
    self.root = root
  }
}

/// The chain of specs that extend one another, from the spec itself to the one being read.
private struct Ancestry {
  var paths: [String]
  var identities: [SpecText.Identity]
  var byteCount: Int

  /// A node merged over what its `extends` names, a path relative to the file it stands in; with its `extends` after a
  /// report where that cannot be read.
  mutating func extended(_ node: Node, _ diagnostics: Diagnostics) -> Node {
    guard let key = node.pairs?.first(where: { $0.key.text == "extends" })?.key,
      let reference = node["extends"]
    else {
      return node
    }
    guard let name = reference.text, !name.isEmpty, !name.utf8.contains(0) else {
      diagnostics.error(
        "extends takes the path of a spec, not \(reference.isNull ? "nothing" : reference.elements == nil ? "a mapping" : "a list")",
        at: reference.isNull ? key.mark : reference.mark, remedy: "write extends: base.yaml")
      return node
    }
    let path = FilePath(paths[paths.count - 1]).removingLastComponent().pushing(FilePath(name)).string
    guard paths.count < SpecFile.deepestExtension else {
      diagnostics.error(
        "more than \(SpecFile.deepestExtension) specs extend one another, beginning with \(paths[0])",
        at: reference.mark,
        remedy: "the last of a chain extends nothing")
      return node
    }
    let bytes: [UInt8]
    do throws(SpecText.Failure) {
      let (read, identity) = try SpecText.read(path, limit: Parser.byteLimit - byteCount)
      if identities.contains(identity) {
        diagnostics.error(
          "specs extend each other in a circle: \((paths + [path]).joined(separator: " -> "))",
          at: reference.mark,
          remedy: "the last of a chain extends nothing")
        return node
      }
      identities.append(identity)
      bytes = read
    } catch {
      switch error {
      case .unreadable(let error):
        diagnostics.error(
          error.message, at: reference.mark,
          remedy: error.cause == .notFound ? "give a path relative to the folder of this spec" : error.remedy)
      case .unfit(let message, let remedy): diagnostics.error(message, at: reference.mark, remedy: remedy)
      }
      return node
    }
    paths.append(path)
    byteCount += bytes.count
    guard let parent = Parser.parse(bytes: bytes, name: path, diagnostics: diagnostics) else { return node }
    guard parent.pairs != nil else {
      diagnostics.error("a spec is keys with their values", at: parent.mark, remedy: "write key: value lines")
      return node
    }
    let grandparents = extended(parent, diagnostics)
    guard grandparents["extends"] == nil else { return node.merged(over: grandparents) }
    return node.removing("extends").merged(over: grandparents)
  }
}
