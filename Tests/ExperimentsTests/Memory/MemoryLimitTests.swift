import Files
import Runs
import Testing
import Training

/// Limits of memory by the texts in which the system tells them.
@Suite struct MemoryLimitTests {
  struct Groups: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let groups: String
    let mounts: String
    let files: [String: String]
    let memory: Int?
    let processors: Double?
  }

  private static let v2 = "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n"
  private static let v1 = """
    31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755
    32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
    35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory

    """

  static let groups = [
    Groups(
      testDescription: "no groups", groups: "", mounts: "22 27 0:21 / /proc rw - proc proc rw\n", files: [:],
      memory: nil,
      processors: nil),
    Groups(
      testDescription: "version 2 without limits", groups: "0::/user.slice/a.scope\n", mounts: v2,
      files: [
        "/sys/fs/cgroup/user.slice/a.scope/memory.max": "max\n",
        "/sys/fs/cgroup/user.slice/a.scope/cpu.max": "max 100000\n",
      ], memory: nil, processors: nil),
    Groups(
      testDescription: "version 2, its own limit", groups: "0::/job\n", mounts: v2,
      files: ["/sys/fs/cgroup/job/memory.max": "524288000\n", "/sys/fs/cgroup/job/cpu.max": "150000 100000\n"],
      memory: 524_288_000, processors: 1.5),
    Groups(
      testDescription: "version 2, the least above it", groups: "0::/slurm/job_7/step_0/task_0\n", mounts: v2,
      files: [
        "/sys/fs/cgroup/slurm/job_7/step_0/task_0/memory.max": "max\n",
        "/sys/fs/cgroup/slurm/job_7/step_0/memory.max": "4000000000\n",
        "/sys/fs/cgroup/slurm/job_7/memory.max": "1000000000\n", "/sys/fs/cgroup/slurm/memory.max": "9000000000\n",
        "/sys/fs/cgroup/slurm/job_7/cpu.max": "400000 100000\n", "/sys/fs/cgroup/slurm/cpu.max": "800000 100000\n",
      ], memory: 1_000_000_000, processors: 4),
    Groups(
      testDescription: "version 2 in a container with a view of its own", groups: "0::/\n", mounts: v2,
      files: ["/sys/fs/cgroup/memory.max": "100\n"], memory: 100, processors: nil),
    Groups(
      testDescription: "version 2 in a container that sees its host's path", groups: "0::/docker/abc\n",
      mounts: "30 23 0:26 /docker/abc /sys/fs/cgroup ro - cgroup2 cgroup rw\n",
      files: ["/sys/fs/cgroup/memory.max": "200\n", "/sys/fs/cgroup/docker/abc/memory.max": "1\n"], memory: 200,
      processors: nil),
    Groups(
      testDescription: "a group outside of what is mounted", groups: "0::/../other\n", mounts: v2,
      files: ["/sys/fs/cgroup/memory.max": "300\n"], memory: 300, processors: nil),
    Groups(
      testDescription: "version 1", groups: "5:memory:/a/b\n4:cpu,cpuacct:/a\n", mounts: v1,
      files: [
        "/sys/fs/cgroup/memory/a/b/memory.limit_in_bytes": "9223372036854771712\n",
        "/sys/fs/cgroup/memory/a/memory.limit_in_bytes": "524288000\n",
        "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
        "/sys/fs/cgroup/cpu,cpuacct/a/cpu.cfs_quota_us": "250000\n",
        "/sys/fs/cgroup/cpu,cpuacct/a/cpu.cfs_period_us": "100000\n",
        "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "-1\n",
      ], memory: 524_288_000, processors: 2.5),
    Groups(
      testDescription: "both versions", groups: "5:memory:/a\n0::/b\n",
      mounts: v1 + "41 31 0:38 / /sys/fs/cgroup/uni\\040fied rw - cgroup2 cgroup2 rw\n",
      files: [
        "/sys/fs/cgroup/memory/a/memory.limit_in_bytes": "700\n", "/sys/fs/cgroup/uni fied/b/memory.max": "600\n",
      ], memory: 600, processors: nil),
    Groups(
      testDescription: "texts that are none", groups: "nonsense\n0:\n::\n", mounts: "1 2 3\n- - -\n\n" + v2,
      files: ["/sys/fs/cgroup/memory.max": "many\n"], memory: nil, processors: nil),
  ]

  @Test(arguments: groups) func `the least limit of a group and of those above it holds`(test: Groups) {
    let files = test.files
    let groups = ControlGroups(groups: test.groups, mounts: test.mounts) { files[$0] }
    #expect(groups.memory == test.memory)
    #expect(groups.processors == test.processors)
  }

  @Test(
    arguments: [
      ("MemTotal:       24684084 kB\nMemFree:  1 kB\n", 24_684_084 * 1024), ("MemFree: 1 kB\n", nil), ("", nil),
    ] as [(String, Int?)])
  func `the machine's memory is what the system says`(text: String, bytes: Int?) {
    #expect(MemoryRoom.physical(text) == bytes)
  }

  struct Limit: Sendable {
    /// MiB of the machine or its groups.
    let machine: Int
    /// MiB that a limit of the address space leaves.
    let space: (kind: AddressSpace.Kind, room: Int)?
    /// MiB that an experiment may take then.
    let bytes: Int
    let text: String

    init(_ machine: Int, _ space: (kind: AddressSpace.Kind, room: Int)?, _ bytes: Int, _ text: String) {
      (self.machine, self.space, self.bytes, self.text) = (machine, space, bytes, text)
    }
  }

  static let limits = [
    Limit(24 << 10, nil, 24 << 10, "the machine has 24 GiB"),
    Limit(500, nil, 500, "the control group of this process allows 500 MiB"),
    // Two threads take 16 MiB, small things 32 MiB, and 42 MiB of program are mapped already.
    Limit(24 << 10, (.all, 404), 398, "the limit of the address space (ulimit -v) leaves 398 MiB"),
    Limit(24 << 10, (.data, 404), 398, "the limit of data (ulimit -d) leaves 398 MiB"),
    Limit(24 << 10, (.all, 4), -2, "the limit of the address space (ulimit -v) leaves 0 B"),
    Limit(500, (.all, 1328), 500, "the control group of this process allows 500 MiB"),
  ]

  @Test(arguments: limits) func `the least limit is named`(test: Limit) {
    let space = test.space.map { AddressSpace($0.kind, room: $0.room << 20) }
    let limit = MemoryLimit(
      machine: test.machine << 20, physical: 24 << 30, space: space, threads: 2, program: 42 << 20)
    #expect(limit.bytes == test.bytes << 20)
    #expect(limit.text == test.text)
  }

  @Test func `all pages count for one limit, those of data for the other`() {
    let statm = "25600 100 50 1 0 90 0\n"
    #expect(AddressSpace.mapped(.all, statm, page: 4096) == 100 << 20)
    #expect(AddressSpace.mapped(.data, statm, page: 4096) == 90 * 4096)
    #expect(AddressSpace.mapped(.all, "", page: 4096) == 0)
  }

  @Test(arguments: [(0, 30), (2000, 30), (60_000, 600), (.max, 86_400)] as [(Int, Int)])
  func `after a signal a step has half a minute, or ten times the longest`(milliseconds: Int, seconds: Int) {
    #expect(Interruption.grace(longest: milliseconds) == seconds)
  }
}
