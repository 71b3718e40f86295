import CHost
import Files
import Glibc
import Training

/// An array job of Slurm whose tasks are workers of a sweep: each takes runs from the journal until none is left.
package struct SlurmJob {
  private let folder: SweepFolder
  private let name: String
  private let tasks: Int
  private let threads: Int
  /// Megabytes of memory of a task.
  private let memory: Int
  private let options: [String]
  private let arguments: [String]

  /// - Parameters:
  ///   - memory: bytes of the largest trial.
  ///   - tasks: how many workers.
  ///   - threads: those of each.
  ///   - options: further options of sbatch, such as `--partition=long`, which come last and win.
  ///   - arguments: the words of the command, which workers begin with too.
  package init(
    _ plan: SweepPlan, in folder: SweepFolder, memory: Int, tasks: Int, threads: Int, options: [String],
    arguments: [String]
  ) {
    self.folder = folder
    (name, self.tasks, self.threads) = (plan.name, tasks, threads)
    self.memory = memory / 1_000_000 * 5 / 4 + 100
    (self.options, self.arguments) = (options, arguments)
  }

  /// The script of the job.
  ///
  /// Before the time limit Slurm signals the script, which stops its worker after a checkpoint and queues this one task again. What
  /// `scancel` ends is not queued again.
  package var script: String {
    let lines =
      [
        "--job-name=\(name)", "--array=1-\(tasks)", "--ntasks=1", "--cpus-per-task=\(threads)", "--mem=\(memory)M",
        "--requeue", "--open-mode=append", "--output=\(folder.path.replacing("%", with: "%%"))/slurm-%a.txt",
        "--signal=B:USR1@120",
      ] + options
    let words = [SlurmJob.program] + arguments.dropFirst()
    return """
      #!/bin/bash
      \(lines.map { "#SBATCH \(SlurmJob.option($0))" }.joined(separator: "\n"))
      # Written by gan-exp sweep --slurm. Tasks take runs from the journal until none is left.
      export GAN_EXP_WORKER=\(ShellText.quoted("\(threads) 0 \(folder.path)"))
      \(words.map(ShellText.quoted).joined(separator: " ")) &
      worker=$!
      again=
      trap 'again=yes; kill -TERM $worker' USR1
      trap 'kill -TERM $worker' TERM INT
      wait $worker; status=$?
      # A signal ends a wait before the worker has written its checkpoint.
      while kill -0 $worker 2>/dev/null; do wait $worker; status=$?; done
      if [ "$again" ] && [ $status != 0 ]; then
        exec scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}"
      fi
      exit $status

      """
  }

  /// An option as sbatch reads it in a script; of `-p long` and `--partition long` the blank stands between two words.
  private static func option(_ text: String) -> String {
    guard let blank = text.firstIndex(of: " "), !text[..<blank].contains("="),
      text.hasPrefix("--") || text[..<blank].count == 2
    else { return word(text) }
    return "\(text[..<blank]) \(word(String(text[blank...].drop { $0 == " " })))"
  }

  /// A word as sbatch reads it: in quotes where a blank or a # would end it, or a quote or a backslash change it.
  private static func word(_ text: String) -> String {
    guard text.contains(where: { $0.isWhitespace || "\"'\\#".contains($0) }) else { return text }
    return "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
  }

  /// The path of the running program.
  private static var program: String {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let length = readlink("/proc/self/exe", &path, path.count - 1)
    return length > 0 ? String(decoding: path.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self) : "gan-exp"
  }

  /// Writes the script into the sweep's folder and submits it.
  /// - Returns: the number of the job.
  /// - Throws: `RunError` where there is no sbatch, or it refuses (69).
  package func submit() throws(RunError) -> String {
    let script = "\(folder.path)/sweep.sbatch"
    let answer = "\(folder.path)/sbatch.txt"
    do throws(FileError) {
      try DurableFile.replace(script, with: [UInt8](self.script.utf8))
      try DurableFile.remove(answer)
    } catch { throw RunError(error) }
    let status = SlurmJob.run(["sbatch", "--parsable", script], answer: answer)
    let text = (try? DurableFile.read(answer)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let line = text.split(separator: "\n").last.map(String.init) ?? ""
    guard let status else {
      throw RunError(
        "there is no sbatch on the PATH", remedy: "log in to a machine of the cluster; \(script) is ready to submit",
        exitCode: 69)
    }
    guard status == 0 else {
      throw RunError(
        "sbatch refused the job: \(line)",
        remedy: "give what it asks for with --sbatch, such as --sbatch=--partition=long",
        exitCode: 69)
    }
    // With several clusters it says which one behind a semicolon.
    return String(line.prefix { $0 != ";" })
  }

  /// Runs a program to its end, with what it says in a file; nil where there is none of its name.
  private static func run(_ words: [String], answer: String) -> Int32? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, answer, O_WRONLY | O_CREAT | O_APPEND, 0o666)
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
    let pointers = words.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    var number: pid_t = 0
    guard posix_spawnp(&number, words[0], &actions, nil, pointers, environ) == 0 else { return nil }
    var status: Int32 = 0
    while waitpid(number, &status, 0) < 0 { guard errno == EINTR else { return nil } }
    return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + status & 0x7f
  }
}
