import CivilTime
import GRDB
import Metrics
import SourceText

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Opens the warehouse of a dataset, after building it from the CSV files if they changed.
///
/// The build is all or nothing: it goes to a file of its own, which takes the place of the old one at the end. The file
/// is named for the tables' definition and the size and time of every CSV file, so a changed file means a new build.
///
///     let database = try WarehouseBuilder.open(dictionary: dictionary, folder: "datasets/retail", cacheFolder: cache)
package enum WarehouseBuilder {
  /// - Parameters:
  ///   - folder: the dataset's folder, where the dictionary was read from.
  ///   - cacheFolder: where the built file is kept; made if missing. If it cannot be written, the warehouse is built in a
  ///     temporary folder for this run, and `Database.notes` says so.
  ///   - progress: told the name of each table as its loading begins; not called when nothing is built.
  /// - Throws: `DiagnosticsError`: a missing file, a row with a field too many, a value of the wrong type, a join to a
  ///   table where the key is not unique, a file that is no database.
  package static func open(
    dictionary: MetricDictionary, folder: String, cacheFolder: String, progress: (String) -> Void = { _ in }
  ) throws(DiagnosticsError) -> Database {
    if let file = dictionary.warehouseFile {
      let path = file.hasPrefix("/") ? file : folder + "/" + file
      return try ExistingWarehouse(dictionary: dictionary, path: path, name: file, cacheFolder: cacheFolder).open()
    }
    // What was loaded stands before the files it may have come from.
    let source = CSVSource(dictionary: dictionary, folder: folder)
    if let loaded = FileFacts(folder + "/" + LoadedWarehouse.fileName) {
      return try ExistingWarehouse(
        dictionary: dictionary, path: folder + "/" + LoadedWarehouse.fileName, name: LoadedWarehouse.fileName, cacheFolder: cacheFolder,
        notes: source.newerFiles(than: loaded)
      ).open()
    }
    let key = try source.key()
    let prefix = "\(fileName(dictionary.name))-\(Fingerprint.hex(folder: folder))-"
    if let built = try existing(cacheFolder + "/" + prefix + key + ".sqlite") {
      // What is kept summed up is only a short cut: where it cannot be made anew, questions read the rows.
      guard RollupRefresh.isStale(built, dictionary), (try? RollupRefresh.make(built, dictionary)) != nil else { return built }
      return try opened(cacheFolder + "/" + prefix + key + ".sqlite", notes: [])
    }
    var notes: [Diagnostic] = []
    let target = writableFolder(cacheFolder, &notes)
    let path = target + "/" + prefix + key + ".sqlite"
    if target != cacheFolder, let built = try existing(path, notes: notes) { return built }
    try build(source, path, progress)
    removeOlder(in: target, prefix: prefix, keeping: prefix + key + ".sqlite")
    return try opened(path, notes: notes)
  }

  /// Eight hex digits that tell the folders of datasets apart, wherever they are asked from.
  package static func folderHash(_ folder: String) -> String { Fingerprint.hex(folder: folder) }

  // MARK: Opening

  /// A light connection: read-only, one at a time, with our functions.
  static var reading: Configuration {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { db in
      AddedFunctions.add(to: db)
      // Read where it lies: a warehouse is read over and over, and the default cache holds 2 MB of it.
      try db.execute(sql: "PRAGMA mmap_size = 1073741824; PRAGMA temp_store = MEMORY")
    }
    return configuration
  }

  /// For looking at every row once: what is sorted and grouped goes to files when it is much, not to memory.
  static var measuring: Configuration {
    var configuration = reading
    configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA temp_store = FILE; PRAGMA cache_size = -40960") }
    return configuration
  }

  private static func existing(_ path: String, notes: [Diagnostic] = []) throws(DiagnosticsError) -> Database? {
    guard FileFacts(path) != nil else { return nil }
    return try? opened(path, notes: notes)
  }

  static func opened(_ path: String, notes: [Diagnostic]) throws(DiagnosticsError) -> Database {
    do {
      let queue = try DatabaseQueue(path: path, configuration: reading)
      let version = try queue.read { try String.fetchOne($0, sql: "SELECT version FROM _wenshu_build") }
      return Database(queue: queue, dataVersion: version ?? "", notes: notes)
    } catch {
      throw DiagnosticsError([failure("warehouse-unreadable", path, error)])
    }
  }

  static func failure(_ code: String, _ path: String, _ error: any Error) -> Diagnostic {
    let said = (error as? DatabaseError)?.message ?? String(describing: error)
    return Diagnostic(code: code, at: SourcePlace(file: path, line: 1), found: said)
  }

  // MARK: Building

  private static func build(_ source: CSVSource, _ path: String, _ progress: (String) -> Void) throws(DiagnosticsError) {
    let temporary = path + ".building-\(getpid())"
    unlink(temporary)
    defer { unlink(temporary) }
    do {
      try write(source, temporary, progress)
    } catch let error as DiagnosticsError {
      throw error
    } catch {
      throw DiagnosticsError([failure("warehouse-not-built", path, error)])
    }
    if rename(temporary, path) != 0 {
      throw DiagnosticsError([
        Diagnostic(code: "warehouse-not-built", at: nil, found: "\(path): \(String(cString: strerror(errno)))")
      ])
    }
  }

  private static func write(_ source: CSVSource, _ path: String, _ progress: (String) -> Void) throws {
    var configuration = Configuration()
    configuration.prepareDatabase { db in
      AddedFunctions.add(to: db)
      // The file is thrown away if anything fails, so nothing needs to be written twice.
      try db.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY")
    }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    defer { try? queue.close() }
    try queue.writeWithoutTransaction { db in
      try db.inTransaction {
        let version = try source.load(into: db, progress)
        try RollupMaking(source.dictionary, db).makeAll()
        try Facts.write(dictionary: source.dictionary, into: db, reading: db) {
          try QualityMeasuring(source.dictionary, db, isBuilt: true).measure()
        }
        try db.execute(sql: "CREATE TABLE _wenshu_build (version TEXT)")
        try db.execute(sql: "INSERT INTO _wenshu_build VALUES (?)", arguments: [version])
        return .commit
      }
      try db.execute(sql: "ANALYZE")
    }
  }

  // MARK: Files

  static func fileName(_ name: String) -> String {
    String(name.unicodeScalars.map { $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "_" ? Character($0) : "_" })
  }

  /// The folder itself if files can be made there, else a folder for temporary files.
  static func writableFolder(_ folder: String, _ notes: inout [Diagnostic]) -> String {
    makeFolders(folder)
    if access(folder, W_OK) == 0 { return folder }
    let reason = String(cString: strerror(errno))
    let fallback = String(cString: getenv("TMPDIR") ?? strdup("/tmp")) + "/wenshu-\(getuid())"
    makeFolders(fallback)
    notes.append(
      Diagnostic(
        .warning, code: "cache-not-writable", at: SourcePlace(file: folder, line: 1), found: reason,
        expected: "a folder that can be written", hint: "the warehouse was built in \(fallback)"))
    return fallback
  }

  private static func makeFolders(_ folder: String) {
    var path = folder.hasPrefix("/") ? "" : "."
    for part in folder.split(separator: "/") {
      path += "/" + part
      mkdir(path, 0o755)
    }
  }

  private static func removeOlder(in folder: String, prefix: String, keeping name: String) {
    for file in Folder.names(in: folder) where file.hasPrefix(prefix) && file.hasSuffix(".sqlite") && file != name {
      unlink(folder + "/" + file)
    }
  }
}

/// A running 64-bit FNV-1a hash: to tell versions apart, not to keep secrets.
struct Fingerprint {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ text: String) {
    for byte in text.utf8 { add(byte) }
    add(0)
  }

  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    for byte in bytes { add(byte) }
    add(0)
  }

  @inline(__always) private mutating func add(_ byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }

  var hex: String {
    let text = String(state, radix: 16)
    return String(repeating: "0", count: 16 - text.count) + text
  }

  static func hex(folder: String) -> String {
    var hash = Fingerprint()
    hash.add(realpath(folder, nil).map { pointer in
      defer { free(pointer) }
      return String(cString: pointer)
    } ?? folder)
    return String(hash.hex.prefix(8))
  }
}
