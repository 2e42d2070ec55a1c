import Dispatch
import GRDB
import Metrics
import Planning
import SQLText
import SourceText
import Synchronization

/// A database file that somebody else keeps: opened where it is, never written.
///
/// What Wenshu works out about it (values, days covered) is kept in a file of its own in the cache folder.
struct ExistingWarehouse {
  let dictionary: MetricDictionary
  let path: String
  /// As `dataset.yaml` names it.
  let name: String
  let cacheFolder: String
  /// What is to be said beside what is found here.
  var notes: [Diagnostic] = []

  /// - Throws: `DiagnosticsError`: no such file, not a SQLite database, a table or column that it does not have.
  func open() throws(DiagnosticsError) -> Database {
    guard let facts = FileFacts(path) else {
      throw DiagnosticsError([
        Diagnostic(
          code: "missing-warehouse", at: SourcePlace(file: "dataset.yaml", line: 1), found: "no file \(name)",
          expected: "a SQLite database")
      ])
    }
    do {
      LoadedWarehouse.recover(path)
      let queue = try DatabaseQueue(path: path, configuration: WarehouseBuilder.reading)
      try queue.read { try check($0) }
      var hash = Fingerprint()
      hash.add(CSVSource.builderVersion)
      hash.add("\(facts.size) \(facts.changed)")
      hash.add(dictionary.fingerprint)
      for dimension in dictionary.dimensions { hash.add(dimension.definition) }
      var notes = notes
      let known = try factsQueue(queue, hash.hex, &notes)
      return Database(queue: queue, facts: known, dataVersion: hash.hex, notes: notes)
    } catch let error as DiagnosticsError {
      throw error
    } catch {
      throw DiagnosticsError([WarehouseBuilder.failure("warehouse-unreadable", name, error)])
    }
  }

  /// Every declared table and column must be there.
  private func check(_ db: GRDB.Database) throws {
    var defects: [Diagnostic] = []
    let isOurs = try LoadedWarehouse.isOurs(db)
    for table in dictionary.schema.tables {
      if !isOurs, table.cleans {
        defects.append(
          Diagnostic(
            code: "cleaning-in-place", at: table.place, found: "rules of cleaning for \(table.name), in a database that is asked in place",
            expected: "values as they are in it", hint: "wenshu load applies such rules to files"))
      }
      let columns = try db.tableExists(table.name) || db.viewExists(table.name) ? db.columns(in: table.name).map(\.name) : []
      if columns.isEmpty {
        defects.append(Diagnostic(code: "missing-table", at: table.place, found: "no table \(table.name) in \(name)"))
        continue
      }
      defects += try LoadedWarehouse.changedTypes(table, db)
      let lowered = Set(columns.map { $0.lowercased() })
      for column in table.columns where !lowered.contains(column.physicalName.lowercased()) {
        let near = NearMiss.nearest(to: column.physicalName, among: columns)
        defects.append(
          Diagnostic(
            code: "missing-column", at: column.place ?? table.place,
            found: "no column \(column.physicalName) in \(table.name)",
            hint: near.isEmpty ? "" : "did you mean \(near.joined(separator: ", "))?"))
      }
    }
    if !defects.isEmpty { throw DiagnosticsError(defects) }
  }

  private func factsQueue(_ queue: DatabaseQueue, _ key: String, _ notes: inout [Diagnostic]) throws -> DatabaseQueue {
    let folder = WarehouseBuilder.writableFolder(cacheFolder, &notes)
    let path = folder + "/\(WarehouseBuilder.fileName(dictionary.name))-facts-\(key).sqlite"
    if FileFacts(path) != nil, let known = try? DatabaseQueue(path: path, configuration: WarehouseBuilder.reading) {
      return known
    }
    try FactsFile.build(path, measure)
    return try DatabaseQueue(path: path, configuration: WarehouseBuilder.reading)
  }

  /// Values and days on one core, the quality of the rows on another.
  private func measure(into target: GRDB.Database) throws {
    let (path, dictionary) = (path, dictionary)
    let quality = Mutex<Result<DataQuality, any Error>?>(nil)
    let beside = DispatchGroup()
    DispatchQueue.global().async(group: beside) {
      let measured = Result {
        try DatabaseQueue(path: path, configuration: WarehouseBuilder.measuring).read { try QualityMeasuring(dictionary, $0, isBuilt: false).measure() }
      }
      quality.withLock { $0 = measured }
    }
    defer { beside.wait() }
    try DatabaseQueue(path: path, configuration: WarehouseBuilder.measuring).read { db in
      try Facts.write(dictionary: dictionary, into: target, reading: db) {
        beside.wait()
        return try quality.withLock { $0! }.get()
      }
    }
  }
}
