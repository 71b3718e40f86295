import Datasets
import YAML

/// A spec as it is read: the file, its parents, and what the command line changes.
public struct SpecFile: Sendable {
  /// The path as the person gave it.
  public let path: String
  /// The file's bytes.
  public let bytes: [UInt8]
  /// Everything merged; nil where the text could not be read.
  public let root: Node?

  /// How many files may extend one another.
  static let deepestExtension = 8

  /// Reads a file, what it extends, and overrides such as `training.epochs=5`, reporting all mistakes.
  /// - Throws: `FileError` when the file itself cannot be read.
  public init(path: String, overrides: [String] = [], diagnostics: Diagnostics) throws(FileError) {
    let bytes = try DurableFile.read(path)
    self.init(path: path, bytes: bytes, overrides: overrides, diagnostics: diagnostics)
  }

  /// Reads bytes as if they came from `path`.
  public init(path: String, bytes: [UInt8], overrides: [String] = [], diagnostics: Diagnostics) {
    self.path = path
    self.bytes = bytes
    var root = Parser.parse(bytes: bytes, name: path, diagnostics: diagnostics)
    if let child = root { root = SpecFile.extended(child, path: path, ancestors: [path], diagnostics: diagnostics) }
    if var merged = root {
      for override in overrides { merged = Override.apply(override, to: merged, diagnostics: diagnostics) }
      root = merged
    }
    self.root = root
  }

  /// A node merged over what its `extends` names, a path relative to the file it stands in.
  private static func extended(_ node: Node, path: String, ancestors: [String], diagnostics: Diagnostics) -> Node {
    guard let reference = node["extends"] else { return node }
    let own = node.removing("extends")
    guard let name = reference.text, !name.isEmpty, !name.utf8.contains(0) else {
      diagnostics.error("extends takes the path of a spec", at: reference.mark, remedy: "write extends: base.yaml")
      return own
    }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    let parentPath = name.hasPrefix("/") ? name : folder + name
    if ancestors.contains(parentPath) || ancestors.count >= deepestExtension {
      let chain = (ancestors + [parentPath]).joined(separator: " -> ")
      diagnostics.error(
        ancestors.contains(parentPath) ? "specs extend each other in a circle: \(chain)" : "too long a chain: \(chain)",
        at: reference.mark, remedy: "at most \(deepestExtension) specs may extend one another, the last none")
      return own
    }
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try DurableFile.read(parentPath)
    } catch {
      diagnostics.error(error.message, at: reference.mark, remedy: "give a path relative to the folder of this spec")
      return own
    }
    guard let parent = Parser.parse(bytes: bytes, name: parentPath, diagnostics: diagnostics) else { return own }
    let grandparents = extended(
      parent, path: parentPath, ancestors: ancestors + [parentPath], diagnostics: diagnostics)
    return own.merged(over: grandparents)
  }
}
