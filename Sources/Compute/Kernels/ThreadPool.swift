import CHost
import Glibc
import Synchronization

/// A fixed crew of threads that takes the numbered tiles of one stage after another.
///
/// Each thread has its share of a stage's tiles, the same from step to step, so that the parameters and moments that a
/// tile updates stay in that core's caches; who has done its own takes from the others, one by one, so a slow thread only
/// takes fewer. A stage is over when its last tile is, whether or not every thread woke up for it. What a tile computes
/// never depends on who computes it.
package final class ThreadPool: @unchecked Sendable {
  /// The number of threads, the caller's own included.
  package private(set) var threads = 1
  /// How many were asked for; more than there are where the system refused one.
  package let wanted: Int

  /// The number of the stage.
  private let announced = Atomic<UInt64>(0)
  /// Of each thread's share, a cache line or two apart: upper word, number of the stage; lower word, how many of its tiles
  /// nobody has claimed.
  private let shares: UnsafeMutablePointer<Atomic<UInt64>>
  private static let spacing = 16
  private let done = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let isClosing = Atomic<Bool>(false)
  // Written before a stage is announced, read only between claiming a tile and finishing it.
  private var stage = Unmanaged.passUnretained(ThreadPool.noStage)
  private static let noStage = Stage(tiles: 0) { _, _ in }
  private var mutex = pthread_mutex_t()
  private var wake = pthread_cond_t()
  private var handles: [pthread_t] = []

  /// How often a waiting thread looks before it sleeps: some 50 microseconds.
  private static let patience = 2000

  /// The width of the vectors that products are made of.
  package let lanes: Lanes

  /// Bytes of the address space that a thread takes: its stack.
  package static let addressSpacePerThread = 8 << 20

  /// A pool of `threads` threads, 1 to 64, the caller being one of them.
  package init(threads: Int, lanes: Lanes = .fastest) {
    precondition((1...64).contains(threads), "1 to 64 threads")
    wanted = threads
    self.lanes = lanes
    shares = .allocate(capacity: threads * ThreadPool.spacing)
    for place in 0..<(threads * ThreadPool.spacing) { (shares + place).initialize(to: Atomic(0)) }
    _ = BLAS.endThreads
    pthread_mutex_init(&mutex, nil)
    pthread_cond_init(&wake, nil)
    while handles.count + 1 < threads {
      let seat = Unmanaged.passRetained(WorkerSeat(pool: self, worker: handles.count + 1))
      var handle = pthread_t()
      let status = pthread_create(
        &handle, nil,
        { raw in
          let seat = Unmanaged<WorkerSeat>.fromOpaque(raw!).takeRetainedValue()
          host_flush_denormals()
          ThreadPool.work(seat)
          return nil
        }, seat.toOpaque())
      guard status == 0 else {
        seat.release()
        break
      }
      handles.append(handle)
    }
    // Read by the others only once a stage is announced.
    self.threads = handles.count + 1
  }

  deinit { shares.deallocate() }

  /// Ends the threads; the pool then still runs stages, on the caller alone.
  package func close() {
    isClosing.store(true, ordering: .sequentiallyConsistent)
    pthread_mutex_lock(&mutex)
    pthread_cond_broadcast(&wake)
    pthread_mutex_unlock(&mutex)
    for handle in handles { pthread_join(handle, nil) }
    handles = []
  }

  private final class WorkerSeat: @unchecked Sendable {
    unowned let pool: ThreadPool
    let worker: Int
    init(pool: ThreadPool, worker: Int) {
      self.pool = pool
      self.worker = worker
    }
  }

  /// Calls `body(tile, worker)` for every tile, as a stage of its own.
  package func run(tiles: Int, _ body: @escaping @Sendable (Int, Int) -> Void) { run(Stage(tiles: tiles, body)) }

  /// Runs every tile of a stage, on all threads, and returns when all are done.
  ///
  /// One caller at a time; a stage must not run another.
  package func run(_ stage: Stage) {
    let tiles = stage.tiles
    if tiles <= 1 || handles.isEmpty {
      for tile in 0..<tiles { stage.run(tile, 0) }
      return
    }
    let threads = threads
    self.stage = Unmanaged.passUnretained(stage)
    done.store(0, ordering: .relaxed)
    let number = (announced.load(ordering: .relaxed) &+ 1) & 0xffff_ffff
    for worker in 0..<threads {
      let share = ThreadPool.share(of: worker, tiles, threads)
      shares[worker &* ThreadPool.spacing].store(number &<< 32 | UInt64(share.count), ordering: .relaxed)
    }
    announced.store(number, ordering: .sequentiallyConsistent)
    if sleepers.load(ordering: .sequentiallyConsistent) > 0 {
      pthread_mutex_lock(&mutex)
      pthread_cond_broadcast(&wake)
      pthread_mutex_unlock(&mutex)
    }
    takeTiles(of: number, worker: 0)
    var looks = 0
    while done.load(ordering: .acquiring) < tiles {
      host_pause()
      looks &+= 1
      if looks > ThreadPool.patience { sched_yield() }
    }
  }

  /// The tiles of a thread.
  @inline(__always)
  private static func share(of worker: Int, _ tiles: Int, _ threads: Int) -> (start: Int, count: Int) {
    let start = tiles &* worker / threads
    return (start, tiles &* (worker &+ 1) / threads &- start)
  }

  /// Takes the thread's own tiles, then what is left of the others'.
  @inline(__always)
  private func takeTiles(of number: UInt64, worker: Int) {
    let threads = threads
    for turn in 0..<threads {
      let owner = worker &+ turn < threads ? worker &+ turn : worker &+ turn &- threads
      let left = shares + owner &* ThreadPool.spacing
      var current = left.pointee.load(ordering: .acquiring)
      while current &>> 32 == number, current & 0xffff_ffff != 0 {
        let (won, seen) = left.pointee.compareExchange(
          expected: current, desired: current &- 1, ordering: .acquiringAndReleasing)
        if won {
          // Only now: until this tile is done the stage is not over and stays.
          let share = ThreadPool.share(of: owner, stage._withUnsafeGuaranteedRef { $0.tiles }, threads)
          // Without counting references, since all threads share the count.
          stage._withUnsafeGuaranteedRef {
            $0.run(share.start &+ share.count &- Int(current & 0xffff_ffff), worker)
          }
          done.wrappingAdd(1, ordering: .releasing)
          current = left.pointee.load(ordering: .acquiring)
        } else {
          current = seen
        }
      }
    }
  }

  private static func work(_ seat: WorkerSeat) {
    let pool = seat.pool
    var last: UInt64 = 0
    while true {
      var number = pool.announced.load(ordering: .acquiring)
      var looks = 0
      while number == last {
        if pool.isClosing.load(ordering: .relaxed) { return }
        host_pause()
        looks &+= 1
        if looks > ThreadPool.patience {
          pool.sleep(until: last)
          looks = 0
        }
        number = pool.announced.load(ordering: .acquiring)
      }
      last = number
      pool.takeTiles(of: number, worker: seat.worker)
    }
  }

  /// Sleeps until a stage other than `last` is announced.
  private func sleep(until last: UInt64) {
    pthread_mutex_lock(&mutex)
    sleepers.wrappingAdd(1, ordering: .sequentiallyConsistent)
    while announced.load(ordering: .sequentiallyConsistent) == last,
      !isClosing.load(ordering: .sequentiallyConsistent)
    {
      pthread_cond_wait(&wake, &mutex)
    }
    sleepers.wrappingSubtract(1, ordering: .sequentiallyConsistent)
    pthread_mutex_unlock(&mutex)
  }
}
