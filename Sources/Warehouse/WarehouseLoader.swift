import GRDB
import Intake
import Metrics
import SQLText
import SourceText
import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Loads files into the warehouse of a dataset: all of them or none.
///
/// A new warehouse is built in a file of its own that takes its name at the end; an existing one is changed in one
/// transaction. Killed at any moment, the warehouse is as before or as after.
package struct WarehouseLoader {
  package let dictionary: MetricDictionary
  /// The warehouse file.
  package let path: String
  /// Day and clock, and the person, for the record.
  package let at: String
  package let by: String
  /// Rows set aside beyond this share end the load, once there are many: a file that is something else.
  package var mostSetAside = 0.1

  package init(dictionary: MetricDictionary, path: String, at: String, by: String) {
    (self.dictionary, self.path, self.at, self.by) = (dictionary, path, at, by)
  }

  /// - Parameter progress: told now and then how far it is.
  /// - Returns: a record for each input, in their order.
  /// - Throws: `DiagnosticsError`: a file that cannot be read to its end, a database of somebody else, a full disk, another
  ///   load at the same time.
  package func load(
    _ inputs: [LoadInput], _ mode: LoadMode, progress: @escaping (LoadProgress) -> Void
  ) throws(DiagnosticsError) -> [LoadRecord] {
    do {
      LoadedWarehouse.recover(path)
      removeLeftovers()
      return FileFacts(path) == nil ? try loadNew(inputs, mode, progress) : try loadExisting(inputs, mode, progress)
    } catch let error as DiagnosticsError {
      throw error
    } catch {
      throw DiagnosticsError([diagnostic(error)])
    }
  }

  private func diagnostic(_ error: any Error) -> Diagnostic {
    let place = SourcePlace(file: path, line: 1)
    guard let error = error as? DatabaseError else { return WarehouseBuilder.failure("load-failed", path, error) }
    switch error.resultCode {
    case .SQLITE_FULL, .SQLITE_IOERR:
      return Diagnostic(
        code: "disk-full", at: place, found: error.message ?? "the file cannot be written", expected: "room on the disk",
        hint: "nothing was loaded")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return Diagnostic(code: "load-running", at: place, found: "another load or a long question at work", hint: "nothing was loaded; try again")
    case .SQLITE_CANTOPEN, .SQLITE_READONLY:
      return Diagnostic(code: "not-writable", at: place, found: error.message ?? "a file that cannot be written", expected: "a folder that can be written")
    default: return WarehouseBuilder.failure("load-failed", path, error)
    }
  }

  private static func configuration(_ pragmas: String) -> Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { db in
      AddedFunctions.add(to: db)
      // 64 MB of pages; sorting for indexes on two threads, beyond memory in files.
      try db.execute(sql: "PRAGMA cache_size = -65536; PRAGMA threads = 2; PRAGMA temp_store = FILE; " + pragmas)
    }
    return configuration
  }

  private func loadNew(_ inputs: [LoadInput], _ mode: LoadMode, _ progress: @escaping (LoadProgress) -> Void) throws -> [LoadRecord] {
    let temporary = path + ".loading-\(getpid())"
    unlink(temporary)
    defer { unlink(temporary) }
    // Thrown away if anything fails, so nothing needs to be safe. A journal there must be: an index that fails is taken back.
    let queue = try DatabaseQueue(
      path: temporary, configuration: Self.configuration("PRAGMA page_size = 8192; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF"))
    let records = try transaction(queue, inputs, mode, progress)
    try queue.close()
    try Self.sync(temporary)
    // Not over a warehouse that another load has made meanwhile; some file systems know no links.
    if link(temporary, path) != 0, errno == EEXIST || rename(temporary, path) != 0 {
      throw DiagnosticsError([
        Diagnostic(code: "load-failed", at: nil, found: "\(path): \(String(cString: strerror(errno)))", hint: "nothing was loaded")
      ])
    }
    return records
  }

  private func loadExisting(_ inputs: [LoadInput], _ mode: LoadMode, _ progress: @escaping (LoadProgress) -> Void) throws -> [LoadRecord] {
    let queue = try DatabaseQueue(path: path, configuration: Self.configuration(""))
    guard try queue.read({ try LoadedWarehouse.isOurs($0) }) else {
      throw DiagnosticsError([
        Diagnostic(
          code: "not-our-warehouse", at: SourcePlace(file: path, line: 1), found: "a database that was not made by wenshu load",
          expected: "a warehouse of our own", hint: "it is asked in place and never written; load into another dataset")
      ])
    }
    let records = try transaction(queue, inputs, mode, progress)
    try queue.close()
    return records
  }

  /// Everything in one transaction.
  private func transaction(
    _ queue: DatabaseQueue, _ inputs: [LoadInput], _ mode: LoadMode, _ progress: @escaping (LoadProgress) -> Void
  ) throws -> [LoadRecord] {
    try queue.writeWithoutTransaction { db in
      var records: [LoadRecord] = []
      try db.inTransaction(.immediate) {
        try db.execute(sql: "PRAGMA application_id = \(LoadedWarehouse.mark); " + LoadedWarehouse.tables)
        var load = LoadTransaction(loader: self, db: db, mode: mode, inputs: inputs, progress: progress)
        records = try load.run()
        return .commit
      }
      return records
    }
  }

  private static func sync(_ path: String) throws {
    let file = open(path, O_RDWR | O_CLOEXEC)
    defer { close(file) }
    if file < 0 || fsync(file) != 0 { throw DatabaseError(resultCode: .SQLITE_IOERR, message: String(cString: strerror(errno))) }
  }

  /// Files of loads that were killed.
  private func removeLeftovers() {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.count > 1 ? parts.dropLast().joined(separator: "/") : "."
    let prefix = (parts.last ?? "") + ".loading-"
    for name in Folder.names(in: folder.isEmpty ? "/" : folder) where name.hasPrefix(prefix) {
      guard let process = Int32(name.dropFirst(prefix.count)), kill(process, 0) != 0, errno == ESRCH else { continue }
      unlink(folder + "/" + name)
    }
  }
}
