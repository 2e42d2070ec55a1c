#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Lines of a file or of standard input, as they arrive: a line is handed on before the next one is waited for.
///
/// A line is bytes: whether they are UTF-8 is the reader's question, so that one bad line does not stop the others. Line
/// breaks are `\n` or `\r\n`; a byte order mark at the front is left out.
struct LineInput: ~Copyable {
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var position = 0
  private var isFirst = true
  private(set) var lineNumber = 0

  /// Opens a file, or standard input for `-`.
  /// - Throws: `Stop`
  init(path: String) throws(Stop) {
    if path == "-" {
      descriptor = 0
      return
    }
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw Stop("\(path): \(String(cString: strerror(errno)))") }
  }

  deinit { if descriptor > 0 { close(descriptor) } }

  /// The next line without its line break; nil at the end.
  mutating func next() -> [UInt8]? {
    var searched = position
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = buffer[position..<end]
        position = end + 1
        return trimmed(line)
      }
      searched = buffer.count
      let before = position
      if !refill() { break }
      searched -= before - position
    }
    guard position < buffer.count else { return nil }
    let line = buffer[position...]
    position = buffer.count
    return trimmed(line)
  }

  private mutating func trimmed(_ line: ArraySlice<UInt8>) -> [UInt8] {
    lineNumber += 1
    var line = line
    if isFirst, line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
    isFirst = false
    if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
    return Array(line)
  }

  /// Reads what is there, after dropping what was used; false at the end.
  private mutating func refill() -> Bool {
    if position > 0 {
      buffer.removeFirst(position)
      position = 0
    }
    let size = 64 << 10
    let used = buffer.count
    buffer.append(contentsOf: repeatElement(0, count: size))
    var count: Int
    repeat { count = buffer[used...].withUnsafeMutableBytes { read(descriptor, $0.baseAddress, size) } }
    while count < 0 && errno == EINTR
    buffer.removeLast(size - max(0, count))
    return count > 0
  }
}

extension Array where Element == UInt8 {
  /// The bytes as text, or the offset of the first one that is no UTF-8.
  func text() -> Result<String, NotUTF8> {
    if let text = String(validating: self, as: UTF8.self) { return .success(text) }
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = makeIterator()
    var offset = 0
    while case .valid(let scalar) = parser.parseScalar(from: &iterator) { offset += scalar.count }
    return .failure(NotUTF8(offset: offset))
  }
}

/// Bytes that are no UTF-8; `offset` counts bytes from 0.
struct NotUTF8: Error, Hashable { var offset: Int }
