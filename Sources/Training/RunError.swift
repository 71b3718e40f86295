import Compute
import Datasets
import Files
import Specs

/// Why a command ended without doing its work, as a person should read it.
package struct RunError: Error, Sendable {
  /// What went wrong.
  package let message: String
  /// How to mend it.
  package let remedy: String?
  /// The process's exit code (sysexits.h; 3 for divergence).
  package let exitCode: Int32
  /// Mistakes in a spec, shown in place of the message.
  package let diagnostics: [Diagnostic]
  /// How many more mistakes were only counted.
  package let omittedCount: Int

  /// An error with its exit code.
  package init(_ message: String, remedy: String? = nil, exitCode: Int32) {
    self.message = message
    self.remedy = remedy
    self.exitCode = exitCode
    diagnostics = []
    omittedCount = 0
  }

  /// Mistakes in a spec: exit code 65.
  package init(_ diagnostics: Diagnostics) {
    message = "the spec has mistakes"
    remedy = nil
    exitCode = 65
    self.diagnostics = diagnostics.all
    omittedCount = diagnostics.omittedCount
  }

  /// A mistake in what stands on the command line, at its place.
  package init(_ diagnostic: Diagnostic, exitCode: Int32) {
    message = diagnostic.message
    remedy = diagnostic.remedy
    self.exitCode = exitCode
    diagnostics = [diagnostic]
    omittedCount = 0
  }

  /// Any error of the modules below, as commands show it.
  package init(of error: any Error) {
    switch error {
    case let error as RunError: self = error
    case let error as FileError: self.init(error)
    case let error as PlanError: self.init(error)
    case let error as DataError: self.init(error)
    default: self.init("\(error)", exitCode: 70)
    }
  }

  /// A file that could not be read or written.
  package init(_ error: FileError) { self.init(error.message, remedy: error.remedy, exitCode: error.exitCode) }

  /// Data that are missing or damaged.
  package init(_ error: DataError) { self.init(error.message, remedy: error.remedy, exitCode: error.exitCode) }

  /// Data that are missing or damaged, at the place of the spec that names them.
  init(_ error: DataError, at mark: Mark) {
    message = error.message
    remedy = error.remedy
    exitCode = error.exitCode
    diagnostics = [Diagnostic.error(error.headline, at: mark, remedy: error.remedy)]
    omittedCount = 0
  }

  /// Memory that the system refused.
  package init(_ error: PlanError) {
    switch error {
    case .outOfMemory(let bytes):
      self.init(
        "the system refused \(ByteCount.text(bytes)) of memory", remedy: "use fewer units or a smaller batch_size",
        exitCode: 65)
    }
  }
}
