/// A place in a file that a person wrote: `metrics.yaml:12:5`. Lines and columns count from 1; columns in characters.
package struct SourcePlace: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let file: String
  package let line: Int
  package let column: Int

  package init(file: String, line: Int, column: Int = 1) {
    self.file = file
    self.line = line
    self.column = column
  }

  package var description: String { "\(file):\(line):\(column)" }
  package static func < (a: SourcePlace, b: SourcePlace) -> Bool {
    (a.file, a.line, a.column) < (b.file, b.line, b.column)
  }
}

/// A defect in a file that a person wrote, for its author.
///
/// Example: `metrics.yaml:12:14: error[unknown-column]: found orders.amout, expected a column of orders; did you mean orders.amount?`
/// The text is English, as compilers speak, since the author also reads keys in English.
package struct Diagnostic: Hashable, Sendable, Error, CustomStringConvertible {
  package enum Severity: String, Hashable, Sendable { case error, warning }

  package let severity: Severity
  /// The name of the mistake, stable, in kebab case: `unknown-column`.
  package let code: String
  package let place: SourcePlace?
  package let found: String
  package let expected: String
  /// What to do about it, a whole sentence or the nearest valid names; empty if there is nothing to add.
  package let hint: String

  package init(
    _ severity: Severity = .error, code: String, at place: SourcePlace?, found: String, expected: String = "",
    hint: String = ""
  ) {
    self.severity = severity
    self.code = code
    self.place = place
    self.found = found
    self.expected = expected
    self.hint = hint
  }

  package var description: String {
    var text = place.map { "\($0): " } ?? ""
    text += "\(severity.rawValue)[\(code)]: \(found)"
    if !expected.isEmpty { text += "; expected \(expected)" }
    if !hint.isEmpty { text += "; \(hint)" }
    return text
  }
}

/// The defects that stopped a reader, all of them, in file order.
package struct DiagnosticsError: Error, Sendable, CustomStringConvertible {
  package let diagnostics: [Diagnostic]
  package init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
  package var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
