import GRDB
import Intake

/// Keeps rows aside, and ends the load when they are too many.
struct SettingAside {
  let db: GRDB.Database
  let load: Int
  let input: LoadInput
  let mostShare: Double
  private(set) var count = 0
  private var kinds: [String: (count: Int, first: Int, reason: RejectReason)] = [:]
  private let insertion: Statement

  /// - Throws: `DatabaseError`
  init(db: GRDB.Database, load: Int, input: LoadInput, mostShare: Double) throws {
    (self.db, self.load, self.input, self.mostShare) = (db, load, input, mostShare)
    insertion = try db.makeStatement(
      sql: """
        INSERT INTO _wenshu_rejects (load, table_name, file, line, reason, column_name, found, expected, header, fields)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
  }

  mutating func add(_ rows: any InputRows, _ reason: RejectReason, read: Int) throws {
    count += 1
    let kind = reason.kind.rawValue + " " + reason.column
    kinds[kind, default: (0, rows.line, reason)].count += 1
    try insertion.execute(
      arguments: [
        load, input.target.name, input.path, rows.line, reason.kind.rawValue, reason.column, reason.found, reason.expected,
        LoadedWarehouse.text(input.input.columns), LoadedWarehouse.text(rows.raw.map { [$0] } ?? rows.fields),
      ])
    if count > 1000, Double(count) > Double(read) * mostShare { throw tooMany(read) }
  }

  /// A file none of whose rows can be taken is not what the table is of: its rows would make way for nothing.
  /// - Throws: `LoadFailure.tooMany`
  func checkNotAll(of read: Int) throws {
    let isFurniture = kinds.values.allSatisfy { [.total, .header].contains($0.reason.kind) }
    if count > 0, count == read, !isFurniture, mostShare < 1 { throw tooMany(read) }
  }

  /// Takes back a row that was set aside before and has come again.
  func forget(_ number: String) throws {
    guard let number = Int(number) else { return }
    try db.execute(sql: "DELETE FROM _wenshu_rejects WHERE id = ? AND load <> ?", arguments: [number, load])
  }

  private func tooMany(_ read: Int) -> LoadFailure {
    let list = kinds.values.sorted { $0.count > $1.count }.prefix(3)
    return .tooMany(
      count, of: read, path: input.path, kinds: list.map { LoadFailure.Kind(reason: $0.reason, count: $0.count, line: $0.first) })
  }
}
