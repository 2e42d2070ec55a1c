import Synchronization
import Terminal

/// Tells on standard error what takes time: one line that is written over on a terminal, one line in all elsewhere.
final class Progress: Sendable {
  private let shown = Mutex(0)
  private let isQuiet: Bool

  init(isQuiet: Bool = false) { self.isQuiet = isQuiet }

  /// - Parameters:
  ///   - work: what is done: `building the warehouse`.
  ///   - detail: how far it is; shown on a terminal only.
  func show(_ work: String, _ detail: String) {
    if isQuiet { return }
    let count = shown.withLock { count in
      count += 1
      return count
    }
    if Output.errors.isTerminal {
      // A line that the terminal breaks could not be written over.
      let room = (Surroundings.columns(of: 2) ?? 80) - 1
      Output.errors.write("\r\u{1B}[K" + DisplayWidth.truncated(DisplayWidth.safe("\(work): \(detail)"), to: room))
    } else if count == 1 {
      Output.errors.line("wenshu: " + work)
    }
  }

  /// A table of a warehouse that is being built.
  func built(_ table: String) { show("building the warehouse from its CSV files, once", table) }

  /// Takes the line away again.
  func finish() {
    if Output.errors.isTerminal, shown.withLock({ $0 }) > 0 { Output.errors.write("\r\u{1B}[K") }
  }
}
