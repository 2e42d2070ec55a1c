#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A part of a block that does not keep the block's memory: whoever holds it holds the block too.
///
/// Reading a number counts no reference, which was a quarter of the time a question took. Numbers are read where they are needed, by
/// an extension of that file: a call into another file for each was a sixth of what was left.
package struct SnapshotView: @unchecked Sendable {
  package let base: UnsafeRawPointer
  package let count: Int
}

/// A block of bytes that is read where it lies: in memory, or in a file that is mapped, not copied.
///
/// Numbers are little-endian and need no alignment. Reading outside the block stops the program: what a block holds is
/// checked once, when its file is opened, not at every read.
package struct SnapshotBytes: Sendable {
  /// Keeps the memory while anybody reads it.
  private final class Memory: @unchecked Sendable {
    let base: UnsafeRawPointer
    private let release: () -> Void
    init(_ base: UnsafeRawPointer, _ release: @escaping () -> Void) {
      self.base = base
      self.release = release
    }
    deinit { release() }
  }

  private let memory: Memory
  private let offset: Int
  package let count: Int

  private init(_ memory: Memory, _ offset: Int, _ count: Int) {
    self.memory = memory
    self.offset = offset
    self.count = count
  }

  /// A copy of these bytes.
  package init(_ bytes: [UInt8]) {
    let copy = UnsafeMutableRawPointer.allocate(byteCount: max(bytes.count, 1), alignment: 8)
    bytes.withUnsafeBytes { if let base = $0.baseAddress { copy.copyMemory(from: base, byteCount: bytes.count) } }
    self.init(Memory(UnsafeRawPointer(copy)) { copy.deallocate() }, 0, bytes.count)
  }

  /// The bytes of a file, mapped; nil if it cannot be opened or is empty. Whoever replaces the file must rename a new one
  /// into its place: the mapping then stays what it was.
  package init?(mapping path: String) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var facts = stat()
    guard fstat(file, &facts) == 0, facts.st_size > 0 else { return nil }
    let count = Int(facts.st_size)
    guard let base = mmap(nil, count, PROT_READ, MAP_PRIVATE, file, 0), base != MAP_FAILED else { return nil }
    self.init(Memory(UnsafeRawPointer(base)) { munmap(base, count) }, 0, count)
  }

  /// A part of the block, sharing its memory.
  package subscript(_ range: Range<Int>) -> SnapshotBytes {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "a part of a snapshot lies outside of it")
    return SnapshotBytes(memory, offset + range.lowerBound, range.count)
  }

  @inline(__always) private func load<T: BitwiseCopyable>(_ position: Int, _ type: T.Type) -> T {
    precondition(position >= 0 && position + MemoryLayout<T>.size <= count, "a read outside of a snapshot")
    return memory.base.loadUnaligned(fromByteOffset: offset + position, as: type)
  }

  @inline(__always) package func byte(_ position: Int) -> UInt8 { load(position, UInt8.self) }
  @inline(__always) package func int32(_ position: Int) -> Int { Int(Int32(littleEndian: load(position, Int32.self))) }
  @inline(__always) package func uint64(_ position: Int) -> UInt64 { UInt64(littleEndian: load(position, UInt64.self)) }

  /// The text of a range, which holds UTF-8.
  package func text(_ range: Range<Int>) -> String {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "a text outside of a snapshot")
    return String(decoding: UnsafeRawBufferPointer(start: memory.base + offset + range.lowerBound, count: range.count), as: UTF8.self)
  }

  /// A part of the block for reading in the innermost loops.
  package func view(_ range: Range<Int>) -> SnapshotView {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "a part of a snapshot lies outside of it")
    return SnapshotView(base: memory.base + offset + range.lowerBound, count: range.count)
  }

  /// All bytes, for writing them to a file.
  package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try body(UnsafeRawBufferPointer(start: memory.base + offset, count: count))
  }

  /// A 64-bit FNV-1a over words of eight bytes: it tells a damaged file from a whole one, not a forged one.
  package func checksum() -> UInt64 {
    var state: UInt64 = 0xcbf2_9ce4_8422_2325
    var position = 0
    while position + 8 <= count {
      state = (state ^ uint64(position)) &* 0x100_0000_01b3
      // Multiplication carries upwards only: fold the high bits back, or high bytes would hardly count.
      state ^= state >> 29
      position += 8
    }
    while position < count {
      state = (state ^ UInt64(byte(position))) &* 0x100_0000_01b3
      position += 1
    }
    return state
  }
}
