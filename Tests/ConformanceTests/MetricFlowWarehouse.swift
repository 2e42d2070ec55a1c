import Foundation
import GRDB
import Tables

/// The suite's tables as one SQLite file.
struct MetricFlowWarehouse {
  let path: String

  /// Built anew each run; 16,532 rows take no time.
  init(tables folder: String, path: String) throws {
    self.path = path
    try? FileManager.default.removeItem(atPath: path)
    try FileManager.default.createDirectory(atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    let queue = try DatabaseQueue(path: path)
    let schema = try String(contentsOfFile: folder + "/schema.sql", encoding: .utf8)
    try queue.write { db in
      try db.execute(sql: schema)
      for file in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() where file.hasSuffix(".csv") {
        try Self.load(String(file.dropLast(4)), folder + "/" + file, db)
      }
    }
  }

  private static func load(_ table: String, _ path: String, _ db: GRDB.Database) throws {
    var reader = try CSVReader(path: path)
    guard try reader.next() else { return }
    let count = try db.columns(in: table).count
    let header = (0..<count).map { reader.text($0) }
    let places = Array(repeating: "?", count: count).joined(separator: ", ")
    let names = header.map { "\"\($0)\"" }.joined(separator: ", ")
    let statement = try db.makeStatement(sql: "INSERT INTO \"\(table)\" (\(names)) VALUES (\(places))")
    while try reader.next() {
      let values: [(any DatabaseValueConvertible)?] = (0..<count).map { index -> (any DatabaseValueConvertible)? in
        let text = reader.text(index)
        return text == "\\N" ? nil : text
      }
      try statement.execute(arguments: StatementArguments(values))
    }
  }

  /// The rows of a query of the suite, as texts to compare.
  func rows(_ sql: String) throws -> [[String]] {
    var configuration = Configuration()
    configuration.readonly = true
    return try DatabaseQueue(path: path, configuration: configuration).read { db in
      try Row.fetchAll(db, sql: sql).map { row in
        row.databaseValues.map { value in
          switch value.storage {
          case .null, .blob: MetricFlowCell.null
          case .int64(let number): MetricFlowCell.text(Double(number))
          case .double(let number): MetricFlowCell.text(number)
          case .string(let text): MetricFlowCell.text(text)
          }
        }
      }
    }
  }
}
