import CHost

extension ThreadPool {
  /// The values of `body` for 0 ..< count, computed on all threads.
  ///
  /// Numbers below the normal ones count as zeros, on the caller's thread as on the others. One caller at a time; `body` must not
  /// use the pool.
  package func map<Value: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) -> Value) -> [Value] {
    let places = UnsafeMutablePointer<Value?>.allocate(capacity: count)
    places.initialize(repeating: nil, count: count)
    defer {
      places.deinitialize(count: count)
      places.deallocate()
    }
    let results = Places(first: places)
    let word = host_control_word()
    defer { host_restore(word) }
    host_flush_denormals()
    run(tiles: count) { number, _ in results.first[number] = body(number) }
    return (0..<count).map { number in
      guard let value = places[number] else { preconditionFailure("a tile that did not run") }
      return value
    }
  }

  /// Memory of which each tile writes a place of its own.
  private struct Places<Value>: @unchecked Sendable {
    let first: UnsafeMutablePointer<Value?>
  }
}
