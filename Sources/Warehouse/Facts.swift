import CivilTime
import GRDB
import GRDBSQLite
import Metrics
import Planning
import SQLText
import Tables

/// What is worked out once, when the warehouse is built, so that starting needs no look at the data: the values of every
/// category dimension, and the days every table covers.
enum Facts {
  /// A dimension with more values than this is not looked up by value.
  static let mostValues = 200_000

  /// - Parameter quality: measured by the caller, beside this or after it.
  /// - Throws: `DatabaseError`
  static func write(
    dictionary: MetricDictionary, into db: GRDB.Database, reading source: GRDB.Database, quality: () throws -> DataQuality
  ) throws {
    try db.execute(
      sql: """
        CREATE TABLE _wenshu_values (dimension TEXT, value TEXT, row_count INTEGER);
        CREATE TABLE _wenshu_coverage (table_name TEXT, time_column TEXT, first_time TEXT, last_time TEXT, row_count INTEGER,
          longest_quiet INTEGER, PRIMARY KEY (table_name, time_column));
        """)
    for dimension in dictionary.dimensions where dimension.kind == .category && !dimension.type.isTime {
      try writeValues(of: dimension, dictionary, db, source)
    }
    try db.execute(sql: "CREATE INDEX _wenshu_values_dimension ON _wenshu_values (dimension)")
    for table in dictionary.schema.tables {
      try writeDays(of: TimedTable(table: table.name, time: table.time), dictionary, db, source)
    }
    for timed in FormulaTables.ownTimes(in: dictionary) { try writeDays(of: timed, dictionary, db, source) }
    try QualityFacts.write(try quality(), into: db)
  }

  /// The time column is named only where it is not the table's default one.
  private static func writeDays(
    of timed: TimedTable, _ dictionary: MetricDictionary, _ db: GRDB.Database, _ source: GRDB.Database
  ) throws {
    guard let step = DataProbe.coverage(of: timed, in: dictionary) else { return }
    let row = try fetch(SQLWriter.statement(step), source).first ?? []
    let quiet = DataCoverage.longestQuiet(among: try days(of: timed, dictionary, source))
    let isDefault = timed.time == dictionary.schema[timed.table]?.time
    let time = isDefault ? "" : timed.time?.description ?? ""
    try insert("_wenshu_coverage", [timed.table.databaseValue, time.databaseValue] + row + [quiet.databaseValue], db)
  }

  private static func writeValues(
    of dimension: Dimension, _ dictionary: MetricDictionary, _ db: GRDB.Database, _ source: GRDB.Database
  ) throws {
    guard let step = DataProbe.values(of: dimension, in: dictionary, limit: mostValues) else { return }
    // Hundreds of thousands of them: from statement to statement, without a row in memory for each.
    let query = SQLWriter.statement(step)
    let reading = try source.makeStatement(sql: query.text)
    try reading.setArguments(StatementArguments(query.arguments.map(\.databaseValue)))
    let writing = try db.makeStatement(sql: "INSERT INTO _wenshu_values VALUES (?, ?, ?)")
    try writing.setUncheckedArguments([dimension.name, nil, nil])
    let (from, to) = (reading.sqliteStatement, writing.sqliteStatement)
    defer { sqlite3_reset(from) }
    while true {
      let code = sqlite3_step(from)
      if code == SQLITE_DONE { return }
      guard code == SQLITE_ROW else { throw DatabaseError(resultCode: ResultCode(rawValue: code & 0xFF)) }
      switch sqlite3_column_type(from, 0) {
      case SQLITE_TEXT: sqlite3_bind_value(to, 2, sqlite3_column_value(from, 0))
      case SQLITE_INTEGER: bind(String(sqlite3_column_int64(from, 0)), to)
      case SQLITE_FLOAT: bind(String(sqlite3_column_double(from, 0)), to)
      default: continue
      }
      sqlite3_bind_value(to, 3, sqlite3_column_value(from, 1))
      let written = sqlite3_step(to)
      sqlite3_reset(to)
      if written != SQLITE_DONE { throw DatabaseError(resultCode: ResultCode(rawValue: written & 0xFF)) }
    }
  }

  private static func bind(_ value: String, _ statement: OpaquePointer) {
    _ = value.withCString { sqlite3_bind_text(statement, 2, $0, -1, unsafeBitCast(-1, to: sqlite3_destructor_type.self)) }
  }

  private static func days(
    of timed: TimedTable, _ dictionary: MetricDictionary, _ source: GRDB.Database
  ) throws -> [Day] {
    guard let step = DataProbe.days(of: timed, in: dictionary) else { return [] }
    return try fetch(SQLWriter.statement(step), source).compactMap { text($0[0]).flatMap { Day(iso: $0) } }
  }

  private static func text(_ value: DatabaseValue) -> String? {
    switch value.storage {
    case .string(let text): text
    case .int64(let number): String(number)
    case .double(let number): String(number)
    case .null, .blob: nil
    }
  }

  private static func fetch(_ query: SQLQuery, _ db: GRDB.Database) throws -> [[DatabaseValue]] {
    let arguments = StatementArguments(query.arguments.map(\.databaseValue))
    return try Row.fetchAll(db, sql: query.text, arguments: arguments).map { Array($0.databaseValues) }
  }

  private static func insert(_ table: String, _ values: [DatabaseValue], _ db: GRDB.Database) throws {
    let places = Array(repeating: "?", count: values.count).joined(separator: ", ")
    let statement = try db.cachedStatement(sql: "INSERT INTO \(table) VALUES (\(places))")
    try statement.execute(arguments: StatementArguments(values))
  }
}
