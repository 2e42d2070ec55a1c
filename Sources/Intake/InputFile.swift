import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file of rows, found out about by its content: encoding, separator, header or none, sheets.
///
/// Standard input is first written to a file of no name, so that it can be looked at and then read like any other.
package final class InputFile {
  /// As given: a path, or `-`.
  package let path: String
  /// Size in bytes.
  package let size: Int
  let options: IntakeOptions
  /// -1 while it is closed.
  private var descriptor: Int32

  /// - Parameter path: a file, or `-` for standard input.
  /// - Throws: `IntakeFailure`: no such file, a folder, a disk that is full.
  package init(path: String, options: IntakeOptions = IntakeOptions()) throws(IntakeFailure) {
    (self.path, self.options) = (path, options)
    descriptor = path == "-" ? try InputFile.kept(0) : try InputFile.opened(path)
    var facts = stat()
    if fstat(descriptor, &facts) != 0 { throw .cannotRead(reason: String(cString: strerror(errno))) }
    size = Int(facts.st_size)
    var named = stat()
    isRegular = path != "-" && stat(path, &named) == 0 && named.st_ino == facts.st_ino && named.st_dev == facts.st_dev
  }

  /// Whether the path leads to the file again; not for what was kept of a pipe.
  private let isRegular: Bool

  /// The open file.
  private func opened() throws(IntakeFailure) -> Int32 {
    if descriptor < 0 { descriptor = try InputFile.opened(path) }
    return descriptor
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Closes the file until it is read again: of a folder of thousands not all can be open.
  package func release() {
    guard isRegular, descriptor >= 0 else { return }
    close(descriptor)
    descriptor = -1
  }

  /// The name of its table: the file's without folder and ending; `input` for standard input.
  package var baseName: String {
    if path == "-" { return "input" }
    let file = path.split(separator: "/").last.map(String.init) ?? path
    let end = file.lastIndex(of: ".").flatMap { $0 == file.startIndex ? nil : $0 } ?? file.endIndex
    return String(file[..<end])
  }

  /// The tables in it: one, or one for each sheet of a workbook that has rows.
  /// - Throws: `IntakeFailure`
  package func tables() throws(IntakeFailure) -> [InputTable] {
    let head = try bytes(at: 0, count: 65536)
    if head.isEmpty { throw .empty }
    if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return try workbookTables() }
    if let kind = InputFile.kind(head) { throw .kind(kind) }
    return [try textTable()]
  }

  /// Some bytes of the file; fewer at its end.
  func bytes(at offset: Int, count: Int) throws(IntakeFailure) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let file = try opened()
    let got = bytes.withUnsafeMutableBufferPointer { InputFile.fill($0, file, offset) }
    if got < 0 { throw .cannotRead(reason: String(cString: strerror(errno))) }
    bytes.removeLast(count - got)
    return bytes
  }

  /// A fingerprint of its content: the same bytes have the same one.
  /// - Throws: `IntakeFailure`
  package func contentHash() throws(IntakeFailure) -> String {
    var hash = ContentHash()
    let block = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 20)
    defer { block.deallocate() }
    var offset = 0
    let file = try opened()
    while true {
      let got = InputFile.fill(block, file, offset)
      if got < 0 { throw .cannotRead(reason: String(cString: strerror(errno))) }
      if got == 0 { return hash.hex }
      hash.add(UnsafeBufferPointer(rebasing: block[0..<got]))
      offset += got
    }
  }

  /// Reads the file from its start, for `TextDecoding`; keeps it open as long.
  func reading(_ counter: ByteCounter) -> TextDecoding.RawBytes {
    { (buffer) throws(CSVFailure) in
      let file: Int32
      do throws(IntakeFailure) { file = try self.opened() } catch {
        throw .cannotRead(path: self.path, reason: "the file is gone")
      }
      let got = InputFile.fill(buffer, file, counter.bytes)
      if got < 0 { throw .cannotRead(path: self.path, reason: String(cString: strerror(errno))) }
      counter.bytes += got
      return got
    }
  }

  final class ByteCounter {
    var bytes = 0
  }

  /// -1 for a failure that `errno` tells.
  private static func fill(_ buffer: UnsafeMutableBufferPointer<UInt8>, _ descriptor: Int32, _ offset: Int) -> Int {
    var got = 0
    while got < buffer.count {
      let count = pread(descriptor, buffer.baseAddress! + got, buffer.count - got, off_t(offset + got))
      if count < 0 && errno == EINTR { continue }
      if count < 0 { return -1 }
      if count == 0 { break }
      got += count
    }
    return got
  }

  /// Files that are known by their first bytes to be no text.
  private static func kind(_ head: [UInt8]) -> IntakeFailure.FileKind? {
    if head.starts(with: Array("SQLite format 3\0".utf8)) { return .sqlite }
    if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) { return .oldExcel }
    if head.starts(with: Array("PAR1".utf8)) { return .parquet }
    if head.starts(with: Array("%PDF-".utf8)) { return .pdf }
    if head.starts(with: [0x1F, 0x8B]) || head.starts(with: Array("7z".utf8) + [0xBC, 0xAF]) { return .zip }
    let mark = head.withUnsafeBufferPointer { TextEncoding.ofMark($0) }
    // A text may hold a stray zero; a file of which every twentieth byte is one is no text.
    if mark == nil, head.lazy.filter({ $0 == 0 }).count * 20 > head.count { return .binary }
    // Nor has a text signs that no keyboard writes, beyond tabs, line ends, page ends, marks of fields and of the file's end.
    let odd = head.lazy.filter { $0 < 32 && $0 > 1 && !(9...13).contains($0) && !(26...31).contains($0) }.count
    if mark == nil, odd >= 4, odd * 50 > head.count { return .binary }
    return nil
  }

  // MARK: Opening

  private static func opened(_ path: String) throws(IntakeFailure) -> Int32 {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw .cannotRead(reason: String(cString: strerror(errno))) }
    var facts = stat()
    if fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR {
      close(descriptor)
      throw .folder
    }
    // A pipe or a device cannot be read twice.
    if facts.st_mode & S_IFMT != S_IFREG {
      defer { close(descriptor) }
      return try kept(descriptor)
    }
    return descriptor
  }

  /// Copies what comes from a descriptor to a file of no name.
  private static func kept(_ source: Int32) throws(IntakeFailure) -> Int32 {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var name = Array((folder + "/wenshu-input-XXXXXX").utf8CString)
    let target = mkstemp(&name)
    if target < 0 { throw .cannotRead(reason: String(cString: strerror(errno))) }
    _ = fcntl(target, F_SETFD, FD_CLOEXEC)
    unlink(name)
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { block.deallocate() }
    while true {
      let count = read(source, block.baseAddress, block.count)
      if count < 0 && errno == EINTR { continue }
      if count == 0 { return target }
      var written = 0
      while count > 0 && written < count {
        let more = write(target, block.baseAddress! + written, count - written)
        if more < 0 && errno == EINTR { continue }
        if more < 0 { break }
        written += more
      }
      if count < 0 || written < count {
        let code = errno
        close(target)
        if written < count, code == ENOSPC || code == EDQUOT || code == EFBIG { throw .noRoom(folder: folder) }
        throw .cannotRead(reason: String(cString: strerror(code)))
      }
    }
  }
}
