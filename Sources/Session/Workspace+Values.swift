extension Workspace {
  /// The stored values of every dimension that has names for values, for completion; none if they cannot be read.
  package func allValues() -> [String: [String]] { (try? database.allValues()) ?? [:] }
}
