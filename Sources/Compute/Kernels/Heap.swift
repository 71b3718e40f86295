import CHost

/// Where small memory comes from.
package enum Heap {
  /// Lets all threads share one heap, where the address space is limited: each further one would map 64 MiB of it.
  package static func useOne() { host_use_one_heap() }
}
