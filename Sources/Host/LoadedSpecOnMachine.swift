import Training

extension LoadedSpec {
  /// Reads a spec completely, for a machine.
  /// - Throws: `RunError` with all mistakes (65), or when the file cannot be read (66).
  package init(path: String, options: RunOptions, machine: Machine) throws(RunError) {
    try self.init(path: path, options: options, memory: machine.memory, threads: machine.defaultThreads)
  }
}
