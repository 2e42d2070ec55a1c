import CWorkbook

/// The directory of a zip archive, and its parts unpacked piece by piece.
struct ZipArchive {
  struct Entry {
    var name: String
    var method: Int
    var isEncrypted: Bool
    var packed: Int
    var unpacked: Int
    var checksum: UInt32
    var header: Int
  }

  let file: InputFile
  let entries: [String: Entry]

  /// - Throws: `IntakeFailure.workbook` for a directory that is not there: the file was cut off.
  init(_ file: InputFile) throws(IntakeFailure) {
    self.file = file
    let tailStart = max(0, file.size - 65_557)
    let tail = Bytes(try file.bytes(at: tailStart, count: file.size - tailStart))
    guard let end = tail.last(of: [0x50, 0x4B, 0x05, 0x06]), end + 22 <= tail.bytes.count else {
      throw .workbook(.damaged(part: "zip", reason: "the directory at its end is missing: the file was cut off"))
    }
    var (count, size, start) = (tail.int(end + 10, 2), tail.int(end + 12, 4), tail.int(end + 16, 4))
    if start == 0xFFFF_FFFF || count == 0xFFFF, end >= 20, tail.int(end - 20, 4) == 0x0706_4B50 {
      let record = Bytes(try file.bytes(at: tail.int(end - 12, 8), count: 56))
      guard record.bytes.count == 56, record.int(0, 4) == 0x0606_4B50 else { throw ZipArchive.damaged }
      (count, size, start) = (record.int(32, 8), record.int(40, 8), record.int(48, 8))
    }
    guard count <= 65_536, size <= 64 << 20, start >= 0, start + size <= file.size else { throw ZipArchive.damaged }
    let directory = Bytes(try file.bytes(at: start, count: size))
    var entries: [String: Entry] = [:]
    var at = 0
    for _ in 0..<count {
      guard at + 46 <= directory.bytes.count, directory.int(at, 4) == 0x0201_4B50 else { throw ZipArchive.damaged }
      let entry = try ZipArchive.entry(directory, &at)
      entries[entry.name] = entry
    }
    self.entries = entries
  }

  private static let damaged = IntakeFailure.workbook(.damaged(part: "zip", reason: "a directory that cannot be read"))

  private static func entry(_ directory: Bytes, _ at: inout Int) throws(IntakeFailure) -> Entry {
    let (nameLength, extraLength, commentLength) = (directory.int(at + 28, 2), directory.int(at + 30, 2), directory.int(at + 32, 2))
    let extra = at + 46 + nameLength
    guard extra + extraLength + commentLength <= directory.bytes.count else { throw damaged }
    var entry = Entry(
      name: String(decoding: directory.bytes[(at + 46)..<extra], as: UTF8.self), method: directory.int(at + 10, 2),
      isEncrypted: directory.int(at + 8, 2) & 1 == 1, packed: directory.int(at + 20, 4), unpacked: directory.int(at + 24, 4),
      checksum: UInt32(directory.int(at + 16, 4)), header: directory.int(at + 42, 4))
    // Sizes beyond 32 bits stand in an extra field, in this order.
    var field = extra
    while field + 4 <= extra + extraLength {
      let length = directory.int(field + 2, 2)
      if directory.int(field, 2) == 1 {
        var place = field + 4
        for path in [\Entry.unpacked, \Entry.packed, \Entry.header] where entry[keyPath: path] == 0xFFFF_FFFF && place + 8 <= field + 4 + length {
          entry[keyPath: path] = directory.int(place, 8)
          place += 8
        }
      }
      field += 4 + length
    }
    at = extra + extraLength + commentLength
    return entry
  }

  /// - Throws: `IntakeFailure.workbook`: no such part, a password, a part that is out of all proportion.
  func stream(_ name: String) throws(IntakeFailure) -> ZipStream {
    guard let entry = entries[name] else { throw .workbook(.damaged(part: name, reason: "missing")) }
    return try ZipStream(file, entry)
  }
}

/// Little-endian numbers among bytes.
private struct Bytes {
  let bytes: [UInt8]
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func int(_ at: Int, _ count: Int) -> Int {
    var value: UInt64 = 0
    for index in (0..<count).reversed() { value = value << 8 | UInt64(bytes[at + index]) }
    return Int(truncatingIfNeeded: value)
  }

  func last(of sign: [UInt8]) -> Int? {
    guard bytes.count >= sign.count else { return nil }
    return (0...(bytes.count - sign.count)).last { bytes[$0..<$0 + sign.count].elementsEqual(sign) }
  }
}

/// One part of an archive, unpacked block by block.
final class ZipStream {
  let name: String
  private let file: InputFile
  private let entry: ZipArchive.Entry
  private var stream = z_stream()
  private var packed: UnsafeMutablePointer<UInt8>
  private let block = 1 << 16
  /// Where the next packed byte lies in the file.
  private var offset: Int
  private let end: Int
  private var unpacked = 0
  private var checksum: UInt = 0
  private var isAtEnd = false

  /// Packed bytes read so far.
  private(set) var bytesRead = 0

  /// A part this much larger than it was packed is meant to harm: sheets of equal cells stay below a hundred.
  private static let mostGrowth = 250
  private static let alwaysFine = 256 << 20

  init(_ file: InputFile, _ entry: ZipArchive.Entry) throws(IntakeFailure) {
    (self.file, self.entry, name) = (file, entry, entry.name)
    if entry.isEncrypted { throw .workbook(.encrypted) }
    if entry.unpacked > ZipStream.alwaysFine, entry.unpacked / ZipStream.mostGrowth > entry.packed {
      throw .workbook(.bomb(part: entry.name, packed: entry.packed, unpacked: entry.unpacked))
    }
    let header = Bytes(try file.bytes(at: entry.header, count: 30))
    guard header.bytes.count == 30, header.int(0, 4) == 0x0403_4B50, entry.method == 0 || entry.method == 8 else {
      throw .workbook(.damaged(part: entry.name, reason: "a header that cannot be read"))
    }
    offset = entry.header + 30 + header.int(26, 2) + header.int(28, 2)
    end = offset + entry.packed
    packed = .allocate(capacity: block)
    if wenshu_inflate_raw(&stream) != Z_OK {
      packed.deallocate()
      throw .workbook(.damaged(part: entry.name, reason: "no memory to unpack it"))
    }
  }

  deinit {
    inflateEnd(&stream)
    packed.deallocate()
  }

  /// Fills the buffer with unpacked bytes; 0 at the end, where sizes and checksum are compared.
  func fill(_ buffer: UnsafeMutableBufferPointer<UInt8>) throws(IntakeFailure) -> Int {
    if isAtEnd { return 0 }
    let count = entry.method == 0 ? try stored(buffer) : try inflated(buffer)
    unpacked += count
    if unpacked > ZipStream.alwaysFine, unpacked / ZipStream.mostGrowth > entry.packed {
      throw .workbook(.bomb(part: name, packed: entry.packed, unpacked: unpacked))
    }
    if unpacked > entry.unpacked { throw damaged("more in it than it says") }
    if count > 0 { checksum = crc32(checksum, buffer.baseAddress, UInt32(count)) }
    if isAtEnd, unpacked != entry.unpacked || UInt32(truncatingIfNeeded: checksum) != entry.checksum {
      throw damaged("what is in it is not what was packed")
    }
    return count
  }

  private func stored(_ buffer: UnsafeMutableBufferPointer<UInt8>) throws(IntakeFailure) -> Int {
    let bytes = try file.bytes(at: offset, count: min(buffer.count, end - offset))
    if bytes.isEmpty, offset < end { throw damaged("the file was cut off") }
    bytes.withUnsafeBufferPointer { _ = buffer.update(fromContentsOf: $0) }
    offset += bytes.count
    bytesRead += bytes.count
    isAtEnd = offset >= end
    return bytes.count
  }

  private func inflated(_ buffer: UnsafeMutableBufferPointer<UInt8>) throws(IntakeFailure) -> Int {
    stream.next_out = buffer.baseAddress
    stream.avail_out = UInt32(buffer.count)
    while stream.avail_out > 0 {
      if stream.avail_in == 0 { try refill() }
      let code = inflate(&stream, Z_NO_FLUSH)
      if code == Z_STREAM_END {
        isAtEnd = true
        break
      }
      if code != Z_OK { throw damaged("packed bytes that cannot be unpacked") }
    }
    return buffer.count - Int(stream.avail_out)
  }

  private func refill() throws(IntakeFailure) {
    let bytes = try file.bytes(at: offset, count: min(block, end - offset))
    if bytes.isEmpty { throw damaged("the file was cut off") }
    bytes.withUnsafeBufferPointer { packed.update(from: $0.baseAddress!, count: bytes.count) }
    stream.next_in = packed
    stream.avail_in = UInt32(bytes.count)
    offset += bytes.count
    bytesRead += bytes.count
  }

  private func damaged(_ reason: String) -> IntakeFailure { .workbook(.damaged(part: name, reason: reason)) }
}
