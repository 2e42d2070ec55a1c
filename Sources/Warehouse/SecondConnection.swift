import GRDB
import SourceText
import Synchronization

/// Another connection to the file of a warehouse, opened when first asked for.
final class SecondConnection: Sendable {
  private enum State {
    case closed
    case open(WarehouseReader)
    /// It cannot be opened, or the file is another one by now.
    case refused
  }

  private let path: String
  /// Of the file when the first connection was opened.
  private let size: Int?
  private let changed: String?
  private let state = Mutex(State.closed)

  init(to path: String) {
    self.path = path
    let facts = FileFacts(path)
    (size, changed) = (facts?.size, facts?.changed)
  }

  /// The connection; nil for a database in memory, or a file that was replaced or changed since.
  var reader: WarehouseReader? {
    state.withLock { state in
      if case .closed = state { state = opened() }
      return if case .open(let reader) = state { reader } else { nil }
    }
  }

  /// Stops what runs on it.
  func interrupt() {
    state.withLock { state in if case .open(let reader) = state { reader.queue.interrupt() } }
  }

  private func opened() -> State {
    guard size != nil, let queue = try? DatabaseQueue(path: path, configuration: WarehouseBuilder.reading), let now = FileFacts(path),
      now.size == size, now.changed == changed
    else { return .refused }
    return .open(WarehouseReader(queue))
  }
}
