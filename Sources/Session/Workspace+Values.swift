import SourceText

extension Workspace {
  /// What is to be told about opening it: a cache folder that cannot be written to, and the like.
  package var notes: [Diagnostic] { database.notes }


  /// The stored values of every dimension that has names for values, for completion; none if they cannot be read.
  package func allValues() -> [String: [String]] { (try? database.allValues()) ?? [:] }
}
