import Synchronization

/// Tells on standard error what takes time: one line that is written over on a terminal, one line in all elsewhere.
final class Progress: Sendable {
  private let shown = Mutex(0)

  func show(_ text: String) {
    let count = shown.withLock { count in
      count += 1
      return count
    }
    if Output.errors.isTerminal {
      Output.errors.write("\r\u{1B}[K" + text)
    } else if count == 1 {
      Output.errors.line("wenshu: " + text)
    }
  }

  /// Takes the line away again.
  func finish() {
    if Output.errors.isTerminal, shown.withLock({ $0 }) > 0 { Output.errors.write("\r\u{1B}[K") }
  }
}
