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
    var members = try reporting { try group.members(seeds) }
    let jobs = max(1, min(jobs ?? min(cores, fitting), members.count { !$0.isOver }))
    let threads = max(1, cores / jobs)
    let training = GroupTraining(
      group, seeds: seeds, jobs: jobs, task: WorkerTask(group: group.path, threads: threads, parent: getpid()))
    let display = GroupDisplay(isQuiet: isQuiet)
    if members.contains(where: { !$0.isOver }) { display.began(training, threads: threads) }
    let end = try reporting { try training.run(observer: display) }
    members = try reporting { try group.members(seeds, known: members) }
    WorkerWords.show(end.said, in: training.messages)
    if end.signal != nil { Terminal.write("stopped after checkpoints; the same command goes on\n") }
    try Terminal.print(group.path)
    if let signal = end.signal { throw ExitCode(128 + signal) }
    let left = members.filter { !$0.isOver }
    if let error = GroupRun.error(of: left.filter { !$0.isHeld }, isHeld: false)
      ?? GroupRun.error(of: left, isHeld: true)
    {
      Terminal.show(error)
      throw ExitCode(error.exitCode)
    }
    if members.contains(where: { $0.record?.status == .diverged }) { throw ExitCode(3) }
  }

  /// What is to be said of runs that are not over; nil of none.
  private static func error(of members: [RunGroup.Member], isHeld: Bool) -> RunError? {
    guard !members.isEmpty else { return nil }
    let seeds = "\(members.count == 1 ? "seed" : "seeds") \(Seeds.text(members.map(\.seed)))"
    return isHeld
      ? RunError(
        "\(seeds): another process is at work on \(members.count == 1 ? "it" : "them")",
        remedy: "wait for it; the same command then trains what is left", exitCode: 75)
      : RunError("\(seeds) did not finish", remedy: "the same command tries again", exitCode: 74)
  }

  /// Trains runs of a group, as one of its workers.
  func work(on task: WorkerTask) throws {
    let signal = try reporting { try self.signal(of: task) }
    if let signal { throw ExitCode(128 + signal) }
  }

  private func signal(of task: WorkerTask) throws(RunError) -> Int32? {
    let group: RunGroup
    do throws(FileError) { group = try RunGroup(task.group) } catch { throw RunError(error) }
    var worker = GroupWorker(group, spec: spec, options: options, observer: QuietDisplay())
    return worker.work(seeds, of: task.parent) { seed, error in
      Terminal.write("seed \(seed): \(error.message)\(error.remedy.map { "; \($0)" } ?? "")\n")
    }
  }

  private func group(of loaded: LoadedSpec) throws(RunError) -> RunGroup {
    try loaded.checkData(options)
    return try RunGroup.of(loaded.experiment, seeds: seeds, in: options.runs, command: options.command)
  }
}
