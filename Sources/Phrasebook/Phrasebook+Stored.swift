import Snapshots
import SourceText

extension Rule.Template: Stored {
  package init(from reader: inout SnapshotReader) {
    self = reader.read(Bool.self) ? .clauses(reader.read()) : .items(reader.read())
  }
  package func store(in writer: inout SnapshotWriter) {
    switch self {
    case .items(let items):
      writer.write(false)
      writer.write(items)
    case .clauses(let clauses):
      writer.write(true)
      writer.write(clauses)
    }
  }
}

extension Weights: Stored {
  /// By the names they have in files, in one order.
  private static let order = names.keys.sorted().map { names[$0]! }

  package init(from reader: inout SnapshotReader) {
    self.init()
    for path in Self.order { self[keyPath: path] = reader.read() }
  }
  package func store(in writer: inout SnapshotWriter) {
    for path in Self.order { writer.write(self[keyPath: path]) }
  }
}
