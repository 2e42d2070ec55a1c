import GRDB
import Intake
import Metrics
import SQLText
import SourceText
import Tables

/// Files that cannot be read into a table, and rows that cannot be taken.
extension LoadTransaction {
  /// A file that has nothing to do with the table, or lacks its key, is refused.
  func checkMapping(_ mapping: ColumnMapping, _ table: Table, _ input: LoadInput) throws {
    let missing = table.columns.indices.filter {
      mapping.places[$0] == nil && (table.key.contains(table.columns[$0].name) || table.columns[$0].rules.isRequired)
    }.map { table.columns[$0].physicalName }
    if !missing.isEmpty {
      let columns = missing.map { ($0, NearMiss.nearest(to: $0, among: input.input.columns)) }
      throw LoadFailure.missingColumns(columns, table: table.name, path: input.path)
    }
    if mapping.found == 0 {
      throw LoadFailure.wrongTable(
        table.name, columns: Array(input.input.columns.prefix(8)), expected: table.columns.prefix(8).map(\.name), path: input.path)
    }
  }

  func duplicate(_ rows: any InputRows, _ checking: RowChecking) -> RejectReason {
    let key = ([checking.table.key] + checking.table.unique).first { !$0.isEmpty } ?? []
    return RejectReason(.key, column: key.joined(separator: ", "), found: values(key, rows, checking))
  }

  func reason(_ rule: TableRule, _ rows: any InputRows, _ checking: RowChecking) -> RejectReason {
    let names = rule.columns.filter { $0.head == checking.table.name && $0.parts.count == 2 }.map(\.column)
    var kind = RejectReason.Kind.rule
    if case .reference = rule.kind { kind = .reference }
    return RejectReason(
      kind, column: names.joined(separator: ", "), found: String(values(names, rows, checking).prefix(200)), expected: rule.text)
  }

  func values(_ names: [String], _ rows: any InputRows, _ checking: RowChecking) -> String {
    names.map { name in
      checking.table.columns.firstIndex { $0.name == name }.flatMap { checking.mapping.places[$0] }.map { rows.text($0) } ?? ""
    }.joined(separator: ", ")
  }

  func opened(_ input: LoadInput) throws -> any InputRows {
    do throws(IntakeFailure) { return try input.input.rows() } catch { throw LoadFailure.file(error, path: input.path) }
  }

  func advance(_ rows: any InputRows, _ input: LoadInput) throws -> Bool {
    do throws(IntakeFailure) { return try rows.next() } catch { throw LoadFailure.file(error, path: input.path) }
  }
}
