import GRDB

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A small database beside the warehouse, made all or nothing.
enum FactsFile {
  static func build(_ path: String, _ body: (GRDB.Database) throws -> Void) throws {
    let temporary = path + ".building-\(getpid())"
    unlink(temporary)
    defer { unlink(temporary) }
    let queue = try DatabaseQueue(path: temporary)
    try queue.write(body)
    try queue.close()
    if rename(temporary, path) != 0 { throw DatabaseError(message: String(cString: strerror(errno))) }
  }
}
