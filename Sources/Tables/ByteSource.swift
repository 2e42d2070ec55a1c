#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Fills the buffer with the next bytes, as many as it likes but at least one; 0 at the end.
package typealias ByteSupply = (UnsafeMutableBufferPointer<UInt8>) throws(CSVFailure) -> Int

/// The bytes of a file in blocks, with a look at the next one.
struct ByteSource: ~Copyable {
  /// Index of the next byte in the block.
  private(set) var position = 0
  private let block: UnsafeMutableBufferPointer<UInt8>
  private var filled: Int
  private var file: Int32
  private let path: String
  private let supply: ByteSupply?

  private static let blockSize = 256 << 10

  init(path: String) throws(CSVFailure) {
    file = open(path, O_RDONLY | O_CLOEXEC)
    if file < 0 { throw .cannotRead(path: path, reason: String(cString: strerror(errno))) }
    (self.path, supply) = (path, nil)
    block = .allocate(capacity: ByteSource.blockSize)
    filled = 0
  }

  init(bytes: [UInt8]) {
    (file, path, supply) = (-1, "", nil)
    block = .allocate(capacity: max(1, bytes.count))
    _ = block.initialize(from: bytes)
    filled = bytes.count
  }

  init(supply: @escaping ByteSupply) {
    (file, path, self.supply) = (-1, "", supply)
    block = .allocate(capacity: ByteSource.blockSize)
    filled = 0
  }

  deinit {
    block.deallocate()
    if file >= 0 { close(file) }
  }

  /// The next byte, nil at the end.
  mutating func peek() throws(CSVFailure) -> UInt8? {
    if position < filled { return block[position] }
    return try refillIfEmpty() ? block[position] : nil
  }

  mutating func skip() { position += 1 }

  /// Moves over bytes while `isWanted` says so, at most to the end of the block.
  mutating func advance(while isWanted: (UInt8) -> Bool) {
    var index = position
    while index < filled, isWanted(block[index]) { index += 1 }
    position = index
  }

  /// Appends the bytes of the block from `start` to here.
  func append(from start: Int, to bytes: inout GrowingBytes) {
    guard position > start else { return }
    bytes.append(UnsafeBufferPointer(rebasing: block[start..<position]))
  }

  /// Reads the next block if this one is used up; true if it was and there is more.
  mutating func refillIfEmpty() throws(CSVFailure) -> Bool {
    guard position >= filled else { return false }
    if let supply {
      (position, filled) = (0, try supply(block))
      return filled > 0
    }
    guard file >= 0 else { return false }
    var count = 0
    repeat { count = read(file, block.baseAddress, block.count) } while count < 0 && errno == EINTR
    if count < 0 { throw .cannotRead(path: path, reason: String(cString: strerror(errno))) }
    (position, filled) = (0, count)
    return count > 0
  }

  /// Leaves out a byte order mark at the start.
  mutating func skipMark() throws(CSVFailure) {
    guard try peek() == 0xEF, filled >= 3, block[1] == 0xBB, block[2] == 0xBF else { return }
    position = 3
  }
}
