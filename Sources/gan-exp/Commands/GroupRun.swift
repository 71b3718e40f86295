import ArgumentParser
import Files
import Glibc
import Host
import Runs
import Specs
import Training

/// A group that `run --seeds` trains.
struct GroupRun {
  let spec: String
  let options: RunOptions
  let seeds: [UInt64]
  let isQuiet: Bool

  /// Trains the group's runs that are not over yet.
  /// - Parameter jobs: worker processes at a time; nil for one a core.
  func run(_ loaded: LoadedSpec, jobs: Int?) throws {
    let machine = Machine.current()
    // What keeps all runs from training is said once, before anything is made.
    let group = try reporting { try self.group(of: loaded) }
    let cores = options.threads ?? machine.defaultThreads
    let fitting = max(1, machine.memory / max(1, loaded.footprint.memory))
    let jobs = min(jobs ?? min(cores, fitting), seeds.count)
    let threads = max(1, cores / jobs)
    let training = GroupTraining(
      group, seeds: seeds, jobs: jobs,
      task: WorkerTask(group: group.path, threads: threads, parent: getpid()))
    let before = (try? DurableFile.read(training.errors))?.count ?? 0
    let display = GroupDisplay(isQuiet: isQuiet)
    display.began(training, threads: threads)
    let signal = try reporting { try GroupRun.signal(of: training, display) }
    let members = try reporting { try GroupRun.members(of: training) }
    if let text = (try? DurableFile.read(training.errors))?.dropFirst(before), !text.isEmpty {
      Terminal.note("in \(training.errors):\n\(String(decoding: text.suffix(2000), as: UTF8.self))")
    }
    if signal != nil { Terminal.write("stopped after checkpoints; the same command goes on\n") }
    try Terminal.print(group.path)
    if let signal { throw ExitCode(128 + signal) }
    let failed = members.filter { !$0.isOver }
    if !failed.isEmpty {
      Terminal.show(
        RunError(
          "\(failed.count == 1 ? "seed" : "seeds") \(Seeds.text(failed.map(\.seed))) did not come to an end",
          remedy: "the same command tries again", exitCode: 74))
      throw ExitCode(74)
    }
    if members.contains(where: { $0.record?.status == .diverged }) { throw ExitCode(3) }
  }

  /// Trains runs of a group, as one of its workers.
  func work(on task: WorkerTask) throws {
    let signal = try reporting { try self.signal(of: task) }
    if let signal { throw ExitCode(128 + signal) }
  }

  private func signal(of task: WorkerTask) throws(RunError) -> Int32? {
    let group: RunGroup
    do throws(FileError) { group = try RunGroup(task.group) } catch { throw RunError(error) }
    let worker = GroupWorker(group, spec: spec, options: options, observer: QuietDisplay())
    return try worker.work(seeds, of: task.parent) { seed, error in Terminal.write("seed \(seed): \(error.message)\n") }
  }

  private func group(of loaded: LoadedSpec) throws(RunError) -> RunGroup {
    try loaded.checkData(options)
    do throws(FileError) {
      return try RunGroup.of(loaded.experiment, seeds: seeds, in: options.runs, command: options.command)
    } catch { throw RunError(error) }
  }

  private static func signal(of training: GroupTraining, _ display: GroupDisplay) throws(RunError) -> Int32? {
    do throws(FileError) { return try training.run(observer: display) } catch { throw RunError(error) }
  }

  private static func members(of training: GroupTraining) throws(RunError) -> [RunGroup.Member] {
    do throws(FileError) { return try training.members() } catch { throw RunError(error) }
  }
}
