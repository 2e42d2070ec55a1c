/// Bytes that are filled and emptied over and over, for reading millions of rows.
///
/// Memory of its own rather than an array: their address stays until more is appended, and appending checks nothing but room.
package struct GrowingBytes: ~Copyable {
  package private(set) var count = 0
  private var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int

  package init(capacity: Int = 1024) {
    self.capacity = capacity
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  package mutating func removeAll() { count = 0 }

  package mutating func append(_ byte: UInt8) {
    if count == capacity { grow(1) }
    base[count] = byte
    count += 1
  }

  package mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress, !bytes.isEmpty else { return }
    if capacity - count < bytes.count { grow(bytes.count) }
    (base + count).update(from: start, count: bytes.count)
    count += bytes.count
  }

  /// The bytes of a range, valid until something is appended.
  package subscript(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
  }

  var start: UnsafePointer<UInt8> { UnsafePointer(base) }

  package var all: UnsafeBufferPointer<UInt8> { self[0..<count] }

  private mutating func grow(_ more: Int) {
    capacity = max(capacity * 2, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
  }
}
