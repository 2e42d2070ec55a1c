import Intake
import SourceText

/// Why nothing was loaded: data, put into words by the shell.
package enum LoadFailure: Error, Sendable {
  /// A file that cannot be read, or not to its end.
  case file(IntakeFailure, path: String)
  /// Too many rows that would be set aside; the most frequent kinds of them.
  case tooMany(Int, of: Int, path: String, kinds: [Kind])
  /// The header lacks columns that the table needs; with names in it that are near.
  case missingColumns([(name: String, near: [String])], table: String, path: String)
  /// None of the file's columns is one of the table's.
  case wrongTable(String, columns: [String], expected: [String], path: String)
  case diskFull(path: String, reason: String)
  /// Another load, or a question that takes long, holds the warehouse.
  case running(path: String)
  case notWritable(path: String, reason: String)
  /// A database that was not made by loading.
  case notOurs(path: String)
  /// Defects of the dictionary; what else SQLite or the system says.
  case other([Diagnostic])

  package struct Kind: Sendable {
    package var reason: RejectReason
    package var count: Int
    package var line: Int
  }

  /// Whether the warehouse or its disk failed, rather than a file of the person's.
  package var isOfWarehouse: Bool {
    switch self {
    case .diskFull, .running, .notWritable, .file(.noRoom, _): true
    case .other(let diagnostics): diagnostics.contains { ["load-failed", "warehouse-unreadable"].contains($0.code) }
    case .file, .tooMany, .missingColumns, .wrongTable, .notOurs: false
    }
  }

  /// As defects, in English.
  package var diagnostics: [Diagnostic] {
    switch self {
    case .file(let failure, let path): return [Diagnostic(failure, file: path)]
    case .tooMany(let count, let read, let path, let kinds):
      return kinds.map { kind in
        let column = kind.reason.column.isEmpty ? "" : " of " + kind.reason.column
        return Diagnostic(
          code: "too-many-set-aside", at: SourcePlace(file: path, line: kind.line),
          found: "\(count) of \(read) rows would be set aside, \(kind.count) of them like this one: \(kind.reason.kind.rawValue)\(column) \(kind.reason.found)",
          expected: kind.reason.expected, hint: "nothing was loaded; mend tables.yaml or the file, or allow more with --most-rejects")
      }
    case .missingColumns(let columns, let table, let path):
      return columns.map { column in
        Diagnostic(
          code: "missing-column", at: SourcePlace(file: path, line: 1), found: "no column \(column.name)",
          expected: "a header with it, as table \(table) needs it",
          hint: column.near.isEmpty ? "" : "did you mean \(column.near.joined(separator: ", "))?")
      }
    case .wrongTable(let table, let columns, let expected, let path):
      return [
        Diagnostic(
          code: "wrong-table", at: SourcePlace(file: path, line: 1), found: "columns \(columns.joined(separator: ", "))",
          expected: "columns of table \(table): \(expected.joined(separator: ", "))")
      ]
    case .diskFull(let path, let reason): return [defect("disk-full", path, reason, "room on the disk", "nothing was loaded")]
    case .running(let path):
      return [defect("load-running", path, "another load or a long question at work", "", "nothing was loaded; try again")]
    case .notWritable(let path, let reason): return [defect("not-writable", path, reason, "a folder that can be written", "")]
    case .notOurs(let path):
      return [
        defect(
          "not-our-warehouse", path, "a database that was not made by wenshu load", "a warehouse of our own",
          "it is asked in place and never written; load into another dataset")
      ]
    case .other(let diagnostics): return diagnostics
    }
  }

  private func defect(_ code: String, _ path: String, _ found: String, _ expected: String, _ hint: String) -> Diagnostic {
    Diagnostic(code: code, at: SourcePlace(file: path, line: 1), found: found, expected: expected, hint: hint)
  }
}
