import GRDB
import GRDBSQLite
import SQLText

/// Sets of members by number, as blobs that can be united exactly.
///
/// A blob is the number of members (4 bytes), then a block for each 65,536 numbers that has any, in order: its high half (2), how
/// many it has less one (2), and their low halves, ascending (2 each), or from 4,097 on a bitmap of 8,192 bytes. Little-endian.
enum MemberSet {
  static let mostListed = 4096
  static let bitmapBytes = 8192

  /// - Parameter numbers: ascending, each once.
  static func blob(_ numbers: [UInt32]) -> [UInt8] { united([0, 0, 0, 0], numbers) }

  /// A set with some members more.
  /// - Parameters:
  ///   - blob: one of ours.
  ///   - numbers: ascending, each once.
  static func united(_ blob: [UInt8], _ numbers: [UInt32]) -> [UInt8] {
    var bytes: [UInt8] = [0, 0, 0, 0]
    bytes.reserveCapacity(blob.count + min(numbers.count * 2, bitmapBytes) + 16)
    var (place, next, total) = (4, 0, 0)
    func number16(_ place: Int) -> UInt16 { UInt16(blob[place]) | UInt16(blob[place + 1]) << 8 }
    while place < blob.count || next < numbers.count {
      let own = place < blob.count ? Int(number16(place)) : Int.max
      let high = next < numbers.count ? min(own, Int(numbers[next] >> 16)) : own
      var end = next
      while end < numbers.count, Int(numbers[end] >> 16) == high { end += 1 }
      let more = numbers[next..<end]
      next = end
      guard own == high else {
        total += more.count
        append(high, more.map { UInt16(truncatingIfNeeded: $0) }, &bytes)
        continue
      }
      let count = Int(number16(place + 2)) + 1
      let size = count <= mostListed ? count * 2 : bitmapBytes
      let body = (place + 4)..<(place + 4 + size)
      place += 4 + size
      if more.isEmpty {
        total += count
        bytes.append(contentsOf: blob[(body.lowerBound - 4)..<body.upperBound])
      } else if count <= mostListed {
        let all = merged(stride(from: body.lowerBound, to: body.upperBound, by: 2).map(number16), more)
        total += all.count
        append(high, all, &bytes)
      } else {
        let start = bytes.count
        bytes.append(contentsOf: blob[(body.lowerBound - 4)..<body.upperBound])
        var all = count
        for number in more {
          let (byte, bit) = (start + 4 + Int(number & 0xFFFF) >> 3, UInt8(1) << UInt8(number & 7))
          if bytes[byte] & bit == 0 { all += 1 }
          bytes[byte] |= bit
        }
        (bytes[start + 2], bytes[start + 3]) = (UInt8(truncatingIfNeeded: all - 1), UInt8((all - 1) >> 8))
        total += all
      }
    }
    for byte in 0..<4 { bytes[byte] = UInt8(truncatingIfNeeded: total >> (8 * byte)) }
    return bytes
  }

  private static func merged(_ list: [UInt16], _ more: ArraySlice<UInt32>) -> [UInt16] {
    var all: [UInt16] = []
    all.reserveCapacity(list.count + more.count)
    var place = 0
    for number in more {
      let low = UInt16(truncatingIfNeeded: number)
      while place < list.count, list[place] < low {
        all.append(list[place])
        place += 1
      }
      if place < list.count, list[place] == low { place += 1 }
      all.append(low)
    }
    all.append(contentsOf: list[place...])
    return all
  }

  private static func append(_ high: Int, _ lows: [UInt16], _ bytes: inout [UInt8]) {
    append16(UInt16(high), &bytes)
    append16(UInt16(lows.count - 1), &bytes)
    if lows.count <= mostListed {
      for low in lows { append16(low, &bytes) }
    } else {
      let first = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: bitmapBytes))
      for low in lows { bytes[first + Int(low >> 3)] |= 1 << UInt8(low & 7) }
    }
  }

  private static func append16(_ value: UInt16, _ bytes: inout [UInt8]) {
    bytes.append(UInt8(truncatingIfNeeded: value))
    bytes.append(UInt8(value >> 8))
  }

  /// Adds the aggregate that counts the members of all its sets together; nulls are empty sets.
  static func addFunction(to db: GRDB.Database) {
    sqlite3_create_function_v2(
      db.sqliteConnection, SQLiteDialect.AddedFunction.memberCount, 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nil, nil,
      { context, _, values in
        guard let value = values?[0], let place = sqlite3_aggregate_context(context, Int32(MemoryLayout<Unmanaged<MemberUnion>?>.size)) else { return }
        let slot = place.assumingMemoryBound(to: Unmanaged<MemberUnion>?.self)
        if slot.pointee == nil { slot.pointee = Unmanaged.passRetained(MemberUnion()) }
        guard sqlite3_value_type(value) == SQLITE_BLOB, let blob = sqlite3_value_blob(value) else { return }
        let bytes = UnsafeRawBufferPointer(start: blob, count: Int(sqlite3_value_bytes(value)))
        if !slot.pointee!.takeUnretainedValue().add(bytes) { sqlite3_result_error(context, "a damaged set of members", -1) }
      },
      { context in
        guard let place = sqlite3_aggregate_context(context, 0) else { return sqlite3_result_int64(context, 0) }
        let slot = place.assumingMemoryBound(to: Unmanaged<MemberUnion>?.self)
        guard let union = slot.pointee else { return sqlite3_result_int64(context, 0) }
        sqlite3_result_int64(context, Int64(union.takeUnretainedValue().count))
        union.release()
        slot.pointee = nil
      }, nil)
  }
}

/// The union of sets, as they come. One set alone is only counted.
final class MemberUnion {
  private enum Block {
    /// Not sorted, with repetitions; few.
    case list([UInt16])
    case bits(UnsafeMutablePointer<UInt64>)
  }
  private static let words = MemberSet.bitmapBytes / 8

  private var first: [UInt8]?
  private var blocks: [UInt16: Block] = [:]
  private var isUnited = false

  deinit {
    for block in blocks.values { if case .bits(let bits) = block { bits.deallocate() } }
  }

  /// False for bytes that are no set.
  func add(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count >= 4 else { return false }
    if first == nil, !isUnited {
      first = Array(bytes)
      return true
    }
    if let first {
      self.first = nil
      isUnited = true
      guard first.withUnsafeBytes({ unite($0) }) else { return false }
    }
    return unite(bytes)
  }

  var count: Int {
    if let first { return first.withUnsafeBytes { Int(UInt32(littleEndian: $0.loadUnaligned(as: UInt32.self))) } }
    return blocks.values.reduce(0) { total, block in
      switch block {
      case .list(let list): total + Set(list).count
      case .bits(let bits): total + (0..<Self.words).reduce(0) { $0 + bits[$1].nonzeroBitCount }
      }
    }
  }

  private func unite(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var place = 4
    while place < bytes.count {
      guard place + 4 <= bytes.count else { return false }
      let high = UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt16.self))
      let count = Int(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: place + 2, as: UInt16.self))) + 1
      place += 4
      let size = count <= MemberSet.mostListed ? count * 2 : MemberSet.bitmapBytes
      guard place + size <= bytes.count else { return false }
      let body = UnsafeRawBufferPointer(rebasing: bytes[place..<(place + size)])
      count <= MemberSet.mostListed ? addList(body, count, to: high) : addBits(body, to: high)
      place += size
    }
    return true
  }

  private func addList(_ body: UnsafeRawBufferPointer, _ count: Int, to high: UInt16) {
    func number(_ index: Int) -> UInt16 { UInt16(littleEndian: body.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self)) }
    switch blocks.removeValue(forKey: high) {
    case .bits(let bits)?:
      for index in 0..<count { Self.set(number(index), bits) }
      blocks[high] = .bits(bits)
    case .list(var list)?:
      list.reserveCapacity(list.count + count)
      for index in 0..<count { list.append(number(index)) }
      blocks[high] = list.count > MemberSet.mostListed ? .bits(Self.bits(list)) : .list(list)
    case nil: blocks[high] = .list((0..<count).map(number))
    }
  }

  private func addBits(_ body: UnsafeRawBufferPointer, to high: UInt16) {
    let bits: UnsafeMutablePointer<UInt64> =
      switch blocks[high] {
      case .bits(let bits)?: bits
      case .list(let list)?: Self.bits(list)
      case nil: Self.bits([])
      }
    for word in 0..<Self.words { bits[word] |= UInt64(littleEndian: body.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self)) }
    blocks[high] = .bits(bits)
  }

  private static func bits(_ list: [UInt16]) -> UnsafeMutablePointer<UInt64> {
    let bits = UnsafeMutablePointer<UInt64>.allocate(capacity: words)
    bits.initialize(repeating: 0, count: words)
    for number in list { set(number, bits) }
    return bits
  }

  private static func set(_ number: UInt16, _ bits: UnsafeMutablePointer<UInt64>) {
    bits[Int(number >> 6)] |= 1 << UInt64(number & 63)
  }
}
