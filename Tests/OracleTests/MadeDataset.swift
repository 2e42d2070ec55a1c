import CivilTime
import Foundation
import Metrics
import Planning
import Questions
import SourceText
import Warehouse

/// A small dataset that a test made up: its dictionary as text, its rows as they stand in the CSV files.
struct MadeDataset {
  struct Table {
    var name: String
    /// Name and type, as the dictionary declares them.
    var columns: [(name: String, type: String)]
    var key: String?
    var time: String?
    /// `stores: store_id`
    var joins: [String] = []
    /// Nil cells are empty.
    var rows: [[String?]] = []
  }

  struct Entry {
    var name: String
    /// `{formula: count(orders)}`
    var text: String
  }

  var tables: [Table]
  var dimensions: [Entry] = []
  var metrics: [Entry] = []
  var hierarchy: [String] = []
  var weekStart = "monday"
  var today: Day

  // MARK: Files

  var yaml: String {
    var lines = ["name: made", "language: en", "calendar: {week_start: \(weekStart)}", "rollups: {share: 10000, from: 0}", "tables:"]
    for table in tables {
      lines.append("  \(table.name):")
      if let key = table.key { lines.append("    key: \(key)") }
      if let time = table.time { lines.append("    time: \(time)") }
      lines.append("    columns: {" + table.columns.map { "\($0.name): \($0.type)" }.joined(separator: ", ") + "}")
      if !table.joins.isEmpty { lines.append("    joins: {" + table.joins.joined(separator: ", ") + "}") }
    }
    lines.append("dimensions:")
    lines += dimensions.map { "  \($0.name): \($0.text)" }
    if !hierarchy.isEmpty { lines += ["hierarchies:", "  levels: [\(hierarchy.joined(separator: ", "))]"] }
    lines.append("metrics:")
    lines += metrics.map { "  \($0.name): \($0.text)" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Whether its dictionary is free of errors.
  var isReadable: Bool {
    let read = DictionaryReader.read([.init(name: "dataset.yaml", text: yaml)])
    return read.dictionary != nil && !read.diagnostics.contains { $0.severity == .error }
  }

  static func csv(_ table: Table) -> String {
    let lines = [table.columns.map(\.name).joined(separator: ",")] + table.rows.map { row in
      row.map { cell in
        guard let cell else { return "" }
        return cell.contains { ",\"\n".contains($0) } ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
      }.joined(separator: ",")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Everything a person needs to see the same: dictionary and rows.
  var text: String {
    "dataset.yaml:\n" + yaml + tables.map { "data/\($0.name).csv:\n" + MadeDataset.csv($0) }.joined()
  }

  // MARK: For the oracle

  var records: [String: [Oracle.Record]] {
    Dictionary(
      tables.map { table in
        (
          table.name,
          table.rows.map { row in
            Dictionary(zip(table.columns, row).map { ($0.name, MadeDataset.datum($1, $0.type)) }, uniquingKeysWith: { a, _ in a })
          }
        )
      }, uniquingKeysWith: { a, _ in a })
  }

  private static func datum(_ cell: String?, _ type: String) -> Datum {
    guard let cell else { return .null }
    switch type {
    case "text", "date", "timestamp": return .text(cell)
    case "boolean": return .number(cell == "true" ? 1 : 0)
    default: return Amount(text: cell).map { .amount($0) } ?? .null
    }
  }
}

/// A made dataset in a folder of its own, opened as the program opens any other.
final class OpenedDataset {
  let made: MadeDataset
  let dictionary: MetricDictionary
  let database: Database
  let rollups: RollupCatalog
  let context: TimeContext
  private let folder: String

  struct Defect: Error, CustomStringConvertible {
    let description: String
  }

  init(_ made: MadeDataset) throws {
    self.made = made
    let read = DictionaryReader.read([.init(name: "dataset.yaml", text: made.yaml)])
    let errors = read.diagnostics.filter { $0.severity == .error }
    guard let dictionary = read.dictionary, errors.isEmpty else { throw Defect(description: "\(errors)\n\(made.yaml)") }
    self.dictionary = dictionary
    folder = FileManager.default.temporaryDirectory.path + "/wenshu-made-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder + "/data", withIntermediateDirectories: true)
    for table in made.tables {
      try MadeDataset.csv(table).write(toFile: folder + "/data/\(table.name).csv", atomically: true, encoding: .utf8)
    }
    do throws(DiagnosticsError) {
      database = try WarehouseBuilder.open(dictionary: dictionary, folder: folder, cacheFolder: folder + "/cache")
    } catch {
      try? FileManager.default.removeItem(atPath: folder)
      throw Defect(description: "\(error.diagnostics)")
    }
    rollups = try database.rollups(dictionary)
    context = TimeContext(today: made.today, calendar: dictionary.calendar, lastLoadedDay: try database.coverage().lastDay)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func oracle() -> Oracle { Oracle(dictionary: dictionary, tables: made.records, context: context) }
}
