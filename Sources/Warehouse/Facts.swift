import CivilTime
import GRDB
import Metrics
import Planning
import SQLText
import Tables

/// What is worked out once, when the warehouse is built, so that starting needs no look at the data: the values of every
/// category dimension, and the days every table covers.
enum Facts {
  /// A dimension with more values than this is not looked up by value.
  static let mostValues = 200_000

  /// - Throws: `DatabaseError`
  static func write(dictionary: MetricDictionary, into db: GRDB.Database, reading source: GRDB.Database) throws {
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
    try QualityFacts.write(try QualityMeasuring(dictionary, source, isBuilt: db === source).measure(), into: db)
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
    for row in try fetch(SQLWriter.statement(step), source) {
      guard let value = text(row[0]) else { continue }
      try insert("_wenshu_values", [dimension.name.databaseValue, value.databaseValue, row[1]], db)
    }
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
