/// What can be kept in a snapshot and read back as the same value.
///
/// Fields are written in the order they are declared and read in the same order; nothing in the bytes says what they are.
/// A field that is left out comes back empty, so whoever keeps a value compares it with what was read back.
package protocol Stored {
  init(from reader: inout SnapshotReader)
  func store(in writer: inout SnapshotWriter)
}

/// Writes values one behind the other.
package struct SnapshotWriter: Sendable {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func write(_ value: some Stored) { value.store(in: &self) }

  /// Seven bits a byte, the low ones first; small numbers are the rule.
  package mutating func write(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  package mutating func append(contentsOf more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

  package mutating func append(int32 value: Int) {
    withUnsafeBytes(of: Int32(value).littleEndian) { bytes.append(contentsOf: $0) }
  }

  package mutating func append(uint64 value: UInt64) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }
}

/// Reads values one behind the other.
package struct SnapshotReader: Sendable {
  private let bytes: SnapshotBytes
  package private(set) var position: Int

  package init(_ bytes: SnapshotBytes, at position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  package mutating func read<Value: Stored>(_ type: Value.Type = Value.self) -> Value { Value(from: &self) }

  package mutating func byte() -> UInt8 {
    position += 1
    return bytes.byte(position - 1)
  }

  package mutating func varint() -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let next = byte()
      value |= UInt64(next & 0x7F) << shift
      if next < 0x80 { return value }
      shift += 7
    }
  }

  mutating func text() -> String {
    let count = Int(varint())
    position += count
    return bytes.text((position - count)..<position)
  }

  mutating func uint64() -> UInt64 {
    position += 8
    return bytes.uint64(position - 8)
  }
}

extension Int: Stored {
  package init(from reader: inout SnapshotReader) {
    let zigzag = reader.varint()
    self = Int(bitPattern: UInt(zigzag >> 1)) ^ -Int(zigzag & 1)
  }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(varint: UInt64(bitPattern: Int64(self << 1)) ^ UInt64(bitPattern: Int64(self >> (Int.bitWidth - 1))))
  }
}

extension Bool: Stored {
  package init(from reader: inout SnapshotReader) { self = reader.byte() != 0 }
  package func store(in writer: inout SnapshotWriter) { writer.write(varint: self ? 1 : 0) }
}

extension Double: Stored {
  package init(from reader: inout SnapshotReader) { self.init(bitPattern: reader.uint64()) }
  package func store(in writer: inout SnapshotWriter) { writer.append(uint64: bitPattern) }
}

extension String: Stored {
  package init(from reader: inout SnapshotReader) { self = reader.text() }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(varint: UInt64(utf8.count))
    writer.append(contentsOf: utf8)
  }
}

extension Optional: Stored where Wrapped: Stored {
  package init(from reader: inout SnapshotReader) { self = reader.read(Bool.self) ? reader.read(Wrapped.self) : nil }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(self != nil)
    if let value = self { writer.write(value) }
  }
}

extension Array: Stored where Element: Stored {
  package init(from reader: inout SnapshotReader) {
    let count = Int(reader.varint())
    self = []
    reserveCapacity(count)
    for _ in 0..<count { append(reader.read()) }
  }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(varint: UInt64(count))
    for element in self { writer.write(element) }
  }
}

extension Dictionary: Stored where Key: Stored & Comparable, Value: Stored {
  package init(from reader: inout SnapshotReader) {
    let count = Int(reader.varint())
    self.init(minimumCapacity: count)
    for _ in 0..<count {
      let key = reader.read(Key.self)
      self[key] = reader.read(Value.self)
    }
  }
  /// By key, so that equal dictionaries are equal bytes.
  package func store(in writer: inout SnapshotWriter) {
    writer.write(varint: UInt64(count))
    for (key, value) in sorted(by: { $0.key < $1.key }) {
      writer.write(key)
      writer.write(value)
    }
  }
}

/// An enumeration without associated values, kept as the place of its case.
package protocol StoredCase: Stored, CaseIterable, Equatable where AllCases == [Self] {}

extension StoredCase {
  package init(from reader: inout SnapshotReader) { self = Self.allCases[Int(reader.varint())] }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(varint: UInt64(Self.allCases.firstIndex(of: self)!))
  }
}
