import Planning
import Tables

/// One SQL statement with its bound values and the types of its columns.
package struct SQLQuery: Hashable, Sendable {
  /// What to do with a value that comes back.
  package struct Column: Hashable, Sendable {
    package var name: String
    package var type: PlanType
    package init(_ name: String, _ type: PlanType) {
      self.name = name
      self.type = type
    }
  }

  package var text: String
  /// In the order of the `?` in the text.
  package var arguments: [Cell]
  package var columns: [Column]

  package init(text: String, arguments: [Cell] = [], columns: [Column] = []) {
    self.text = text
    self.arguments = arguments
    self.columns = columns
  }

  /// The statement with its values written in, to be read or pasted into a shell; never what is run.
  package var displayText: String { SQLiteDialect.inlined(self) }
}
