import GRDB
import Metrics
import Planning
import SourceText

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Makes rollups anew when the dictionary has changed since they were made, though the data has not.
package enum RollupRefresh {
  /// Makes all rollups of a warehouse of ours anew; what is open goes on with the old ones.
  /// - Throws: `DiagnosticsError` for a database of somebody else, or one that cannot be written.
  package static func make(_ database: Database, _ dictionary: MetricDictionary) throws(DiagnosticsError) {
    do {
      let isOurs = try database.reading { try $0.tableExists("_wenshu_build") || LoadedWarehouse.isOurs($0) }
      guard isOurs else {
        throw DiagnosticsError([
          Diagnostic(
            code: "not-our-warehouse", at: SourcePlace(file: database.path, line: 1), found: "a database that was not made by wenshu",
            expected: "a warehouse of our own", hint: "it is asked in place and never written")
        ])
      }
      let lock = open(database.path, O_RDONLY | O_CLOEXEC)
      defer { close(lock) }
      if lock < 0 || flock(lock, LOCK_EX | LOCK_NB) != 0 { throw DatabaseError(resultCode: .SQLITE_BUSY) }
      // In a copy that takes the file's name at the end: killed at any moment, there is the old one or the new one.
      let temporary = database.path + ".loading-\(getpid())"
      unlink(temporary)
      defer { unlink(temporary) }
      var configuration = Configuration()
      configuration.prepareDatabase { db in
        AddedFunctions.add(to: db)
        try db.execute(sql: "PRAGMA cache_size = -40960; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
      }
      let queue = try DatabaseQueue(path: temporary, configuration: configuration)
      try database.backup(to: queue)
      try queue.writeWithoutTransaction { db in
        try db.inTransaction(.immediate) {
          try RollupMaking(dictionary, db).makeAll()
          return .commit
        }
      }
      try queue.close()
      if rename(temporary, database.path) != 0 { throw DatabaseError(message: String(cString: strerror(errno))) }
    } catch let error as DiagnosticsError { throw error } catch {
      throw DiagnosticsError([WarehouseBuilder.failure("rollups-not-made", database.path, error)])
    }
  }

  /// Whether a dictionary is another than the one that rollups were made by, and says something else about them.
  static func isStale(_ database: Database, _ dictionary: MetricDictionary) -> Bool {
    let isOther = try? database.reading { db in
      guard try db.tableExists("_wenshu_rollup_build") else { return !dictionary.rollups.isOff }
      if try String.fetchOne(db, sql: "SELECT dictionary FROM _wenshu_rollup_build") == dictionary.fingerprint { return false }
      let store = RollupStore(db: db)
      return try RollupBase.all(of: dictionary).contains { try store.known($0)?.definition != RollupStore.definition($0, dictionary) }
    }
    return isOther ?? false
  }
}
