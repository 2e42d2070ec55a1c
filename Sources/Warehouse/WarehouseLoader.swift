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
/// A new warehouse, and an existing one that much is loaded into, is written in a file of its own that takes its name at the
/// end; for a little an existing one is changed in place. In both it is one transaction: killed at any moment, the warehouse is
/// as before or as after.
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
  /// - Throws: `LoadFailure`: a file that cannot be read to its end, a database of somebody else, a full disk, another load at
  ///   the same time.
  package func load(
    _ inputs: [LoadInput], _ mode: LoadMode, progress: @escaping (LoadProgress) -> Void
  ) throws(LoadFailure) -> [LoadRecord] {
    do {
      LoadedWarehouse.recover(path)
      removeLeftovers()
      return FileFacts(path) == nil ? try loadNew(inputs, mode, progress) : try loadExisting(inputs, mode, progress)
    } catch {
      throw failure(error)
    }
  }

  private func failure(_ error: any Error) -> LoadFailure {
    if let failure = error as? LoadFailure { return failure }
    if let error = error as? DiagnosticsError { return .other(error.diagnostics) }
    guard let error = error as? DatabaseError else { return .other([WarehouseBuilder.failure("load-failed", path, error)]) }
    switch error.resultCode {
    case .SQLITE_FULL, .SQLITE_IOERR: return .diskFull(path: path, reason: error.message ?? "the file cannot be written")
    case .SQLITE_BUSY, .SQLITE_LOCKED: return .running(path: path)
    case .SQLITE_CANTOPEN, .SQLITE_READONLY: return .notWritable(path: path, reason: error.message ?? "a file that cannot be written")
    default: return .other([WarehouseBuilder.failure("load-failed", path, error)])
    }
  }

  private static func configuration(_ pragmas: String) -> Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { db in
      AddedFunctions.add(to: db)
      // 40 MB of pages, and as much again for each of three sorters of an index; beyond that in files.
      try db.execute(sql: "PRAGMA cache_size = -40960; PRAGMA threads = 2; PRAGMA temp_store = FILE; " + pragmas)
    }
    return configuration
  }

  private func loadNew(_ inputs: [LoadInput], _ mode: LoadMode, _ progress: @escaping (LoadProgress) -> Void) throws -> [LoadRecord] {
    let temporary = temporary
    unlink(temporary)
    defer { unlink(temporary) }
    let records = try loadApart(temporary, inputs, mode, progress)
    // Not over a warehouse that another load has made meanwhile; some file systems know no links.
    if link(temporary, path) != 0, errno == EEXIST || rename(temporary, path) != 0 { throw Self.failure(path) }
    return records
  }

  private func loadExisting(_ inputs: [LoadInput], _ mode: LoadMode, _ progress: @escaping (LoadProgress) -> Void) throws -> [LoadRecord] {
    let lock = open(path, O_RDONLY | O_CLOEXEC)
    defer { close(lock) }
    if lock < 0 { throw Self.failure(path) }
    if flock(lock, LOCK_EX | LOCK_NB) != 0 { throw DatabaseError(resultCode: .SQLITE_BUSY) }
    let queue = try DatabaseQueue(path: path, configuration: Self.configuration(""))
    guard try queue.read({ try LoadedWarehouse.isOurs($0) }) else {
      throw LoadFailure.notOurs(path: path)
    }
    if isSmall(inputs) {
      let records = try transaction(queue, inputs, mode, progress)
      try queue.close()
      return records
    }
    // A long load goes to a copy, so that questions are answered from the old file until the new one takes its name.
    try queue.close()
    let temporary = temporary
    defer { unlink(temporary) }
    try copy(to: temporary)
    let records = try loadApart(temporary, inputs, mode, progress)
    if records.contains(where: { !$0.isUnchanged }), rename(temporary, path) != 0 { throw Self.failure(path) }
    return records
  }

  /// Beside the warehouse, so that it can take its name.
  private var temporary: String { path + ".loading-\(getpid())" }

  /// Whether a load is over before anybody waits for it.
  private func isSmall(_ inputs: [LoadInput]) -> Bool {
    let bytes = inputs.reduce(0) { $0 + $1.size }
    return bytes < 8 << 20 && bytes < (FileFacts(path)?.size ?? 0) / 4
  }

  /// Loads into a file that is thrown away if anything fails, so nothing needs to be safe. A journal there must be: an index
  /// that fails is taken back.
  private func loadApart(
    _ file: String, _ inputs: [LoadInput], _ mode: LoadMode, _ progress: @escaping (LoadProgress) -> Void
  ) throws -> [LoadRecord] {
    let queue = try DatabaseQueue(
      path: file, configuration: Self.configuration("PRAGMA page_size = 8192; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF"))
    let records = try transaction(queue, inputs, mode, progress)
    try queue.close()
    try Self.sync(file)
    return records
  }

  private func copy(to file: String) throws {
    let (from, to) = (open(path, O_RDONLY | O_CLOEXEC), open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644))
    defer {
      close(from)
      close(to)
    }
    if from < 0 || to < 0 { throw Self.failure(file) }
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)
    defer { block.deallocate() }
    while true {
      let count = Self.read(from, block)
      if count == 0 { return }
      if count < 0 || write(to, block.baseAddress, count) != count { throw Self.failure(file) }
    }
  }

  private static func read(_ file: Int32, _ block: UnsafeMutableRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.read(file, block.baseAddress, block.count)
    #elseif canImport(Musl)
      Musl.read(file, block.baseAddress, block.count)
    #else
      Darwin.read(file, block.baseAddress, block.count)
    #endif
  }

  private static func failure(_ path: String) -> LoadFailure {
    let (code, reason) = (errno, String(cString: strerror(errno)))
    if code == ENOSPC || code == EFBIG || code == EDQUOT { return .diskFull(path: path, reason: reason) }
    return .other([Diagnostic(code: "load-failed", at: SourcePlace(file: path, line: 1), found: reason, hint: "nothing was loaded")])
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
        let upkeep = try RollupUpkeep(dictionary, db)
        records = try load.run()
        try upkeep.finish(records)
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
