import Dispatch
import Synchronization

/// Two pieces of work at once, on two cores.
enum Concurrently {
  /// Both results, when both are there.
  static func both<A: Sendable, B: Sendable>(
    _ first: @Sendable () -> A, _ second: @Sendable () -> B
  ) -> (A, B) {
    let results = Mutex<(A?, B?)>((nil, nil))
    DispatchQueue.concurrentPerform(iterations: 2) { index in
      if index == 0 {
        let result = first()
        results.withLock { $0.0 = result }
      } else {
        let result = second()
        results.withLock { $0.1 = result }
      }
    }
    return results.withLock { ($0.0!, $0.1!) }
  }
}
