import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The text of a file as UTF-8, block by block, whatever its encoding.
///
/// The encoding is found on the way: a mark or zeros at the start decide at once; else the text is plain ASCII until the
/// first block with a wide byte, and that block decides. Invalid UTF-8 is found by the reader of rows, which knows lines.
final class TextDecoding {
  /// Nil while all bytes were ASCII.
  private(set) var encoding: TextEncoding?
  private let read: RawBytes
  private let isCertain: Bool
  private var isAtStart = true
  private var converter: iconv_t?
  /// Undecoded bytes: what was read ahead, or the front of a character whose rest comes with the next block.
  private var pending: [UInt8] = []
  private var isAtEnd = false
  /// The line that the raw bytes have come to, and what there is of it.
  private var rawLines = 1
  private var rawLine: [UInt8] = []
  /// Lines of what was decoded so far, for messages.
  private var lines = 1

  /// Reads the next raw bytes into a buffer; 0 at the end.
  typealias RawBytes = (UnsafeMutableBufferPointer<UInt8>) throws(CSVFailure) -> Int

  /// - Parameters:
  ///   - encoding: the encoding, if it is known; a mark is left out all the same.
  ///   - isCertain: whether a person said so: then lines that look like another one are left alone.
  init(encoding: TextEncoding? = nil, isCertain: Bool = false, read: @escaping RawBytes) {
    self.encoding = encoding
    self.isCertain = isCertain
    self.read = read
  }

  deinit { if let converter { iconv_close(converter) } }

  /// Fills the buffer with UTF-8; 0 at the end.
  func fill(_ buffer: UnsafeMutableBufferPointer<UInt8>) throws(CSVFailure) -> Int {
    if isAtStart { try start(buffer) }
    if let encoding {
      if encoding.iconvName != nil { return try decode(buffer) }
      return pending.isEmpty ? try read(buffer) : takePending(buffer)
    }
    let held = takePending(buffer)
    let more = held < buffer.count ? try read(UnsafeMutableBufferPointer(rebasing: buffer[held...])) : 0
    return try look(buffer, held + more, isLast: more == 0)
  }

  private func takePending(_ buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
    let count = min(pending.count, buffer.count)
    pending.withUnsafeBufferPointer { _ = buffer.update(fromContentsOf: $0[0..<count]) }
    pending.removeFirst(count)
    return count
  }

  /// Reads the first block and looks for a mark.
  private func start(_ buffer: UnsafeMutableBufferPointer<UInt8>) throws(CSVFailure) {
    isAtStart = false
    var count = 0
    // A pipe may give a few bytes at a time; the first few do not show an encoding.
    while count < buffer.count {
      let more = try read(UnsafeMutableBufferPointer(rebasing: buffer[count...]))
      if more == 0 { break }
      count += more
      if count >= 65536 { break }
    }
    let head = UnsafeBufferPointer(rebasing: buffer[0..<count])
    let mark = TextEncoding.ofMark(head)
    let isOfMark = mark.map { encoding == nil || $0.encoding == encoding || ($0.encoding == .utf8Mark && encoding == .utf8) } ?? false
    if let mark, isOfMark { encoding = mark.encoding }
    pending = Array(head[(isOfMark ? mark!.length : 0)...])
    if encoding != nil { try checkLines(pending[...]) }
  }

  /// Decides at the first wide byte.
  private func look(_ buffer: UnsafeMutableBufferPointer<UInt8>, _ count: Int, isLast: Bool) throws(CSVFailure) -> Int {
    let bytes = UnsafeBufferPointer(rebasing: buffer[0..<count])
    var wide: UInt8 = 0
    for byte in bytes { wide |= byte }
    guard wide >= 0x80, let first = bytes.firstIndex(where: { $0 >= 0x80 }) else {
      lines += bytes.reduce(0) { $0 + ($1 == 10 ? 1 : 0) }
      return count
    }
    if !isLast, first > 0, count - first < 1024 {
      // Too little to tell by: kept for the next block.
      pending = Array(bytes[first...])
      return first
    }
    encoding = TextEncoding.guess(UnsafeBufferPointer(rebasing: bytes[first...]))
    if encoding == nil { throw .cannotRead(path: "", reason: TextDecoding.noEncoding) }
    guard encoding?.iconvName != nil else { return count }
    pending = Array(bytes)
    rawLines = lines
    try checkLines(pending[...])
    return try decode(buffer)
  }

  // MARK: Decoding

  private func decode(_ buffer: UnsafeMutableBufferPointer<UInt8>) throws(CSVFailure) -> Int {
    let converter = try opened()
    while true {
      if !isAtEnd, pending.count < 65536 {
        var more = [UInt8](repeating: 0, count: 131_072)
        var failure: CSVFailure?
        let count = more.withUnsafeMutableBufferPointer { space -> Int in
          do throws(CSVFailure) { return try read(space) } catch {
            failure = error
            return 0
          }
        }
        if let failure { throw failure }
        if count == 0 { isAtEnd = true }
        try checkLines(count == 0 ? [10] : more[0..<count])
        pending.append(contentsOf: more[0..<count])
      }
      if pending.isEmpty { return 0 }
      let (used, made, code) = convert(converter, buffer)
      pending.removeFirst(used)
      let text = UnsafeBufferPointer(rebasing: buffer[0..<made])
      lines += text.reduce(0) { $0 + ($1 == 10 ? 1 : 0) }
      if made > 0 { return made }
      // Nothing could be made: a character that is none, or one that is cut off at the end of the file.
      if code == EILSEQ || (code == EINVAL && isAtEnd) { throw .notUTF8(line: lines) }
    }
  }

  /// Chinese bytes may hold a line of UTF-8 without being invalid; the text would be garbled in silence.
  private func checkLines(_ bytes: ArraySlice<UInt8>) throws(CSVFailure) {
    guard encoding == .gb18030, !isCertain else { return }
    var rest = bytes
    while let end = rest.firstIndex(of: 10) {
      rawLine.append(contentsOf: rest[..<end])
      rest = rest[(end + 1)...]
      let isOther = rawLine.withUnsafeBufferPointer { TextEncoding.isUTF8(line: $0) }
      if isOther { throw .notUTF8(line: rawLines) }
      rawLines += 1
      rawLine.removeAll(keepingCapacity: true)
    }
    rawLine.append(contentsOf: rest)
  }

  private func convert(_ converter: iconv_t, _ buffer: UnsafeMutableBufferPointer<UInt8>) -> (used: Int, made: Int, code: Int32) {
    pending.withUnsafeMutableBytes { input in
      var from = input.baseAddress?.assumingMemoryBound(to: CChar.self)
      var fromLeft = input.count
      return buffer.withMemoryRebound(to: CChar.self) { output in
        var to = output.baseAddress
        var toLeft = output.count
        let result = iconv(converter, &from, &fromLeft, &to, &toLeft)
        return (input.count - fromLeft, output.count - toLeft, result == -1 ? errno : 0)
      }
    }
  }

  private func opened() throws(CSVFailure) -> iconv_t {
    if let converter { return converter }
    let opened = iconv_open("UTF-8", encoding?.iconvName ?? "UTF-8")
    guard let opened, Int(bitPattern: opened) != -1 else {
      throw .cannotRead(path: "", reason: TextDecoding.noConverter)
    }
    converter = opened
    return opened
  }

  static let noEncoding = "no encoding that is known"
  static let noConverter = "iconv does not know the encoding"
}
