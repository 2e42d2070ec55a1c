import Tables

/// Reads one JSON object out of bytes, giving its members as they come.
struct JSONObjectParser {
  enum End: Equatable {
    /// The object is whole; the index behind it.
    case complete(Int)
    /// The bytes end before the object does.
    case cut(String)
    case wrong(String)
  }

  /// A key, with those it stands in and dots between; its value as text without quotes; whether it was a string.
  typealias Member = (_ key: String, _ value: UnsafeBufferPointer<UInt8>, _ isText: Bool) -> Void

  private let bytes: UnsafeBufferPointer<UInt8>
  private var index: Int

  private struct Failure: Error {
    let end: End
  }

  init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
    self.bytes = bytes
    index = start
  }

  mutating func parse(_ member: Member) -> End {
    do throws(Failure) {
      try object(prefix: "", depth: 0, member)
      return .complete(index)
    } catch { return error.end }
  }

  private mutating func object(prefix: String, depth: Int, _ member: Member) throws(Failure) {
    if depth > 32 { throw Failure(end: .wrong("objects inside objects too deep")) }
    try expect("{")
    skipSpaces()
    if try peek() == UInt8(ascii: "}") {
      index += 1
      return
    }
    while true {
      skipSpaces()
      let key = prefix + String(decoding: try string(), as: UTF8.self)
      skipSpaces()
      try expect(":")
      skipSpaces()
      try value(key, depth, member)
      skipSpaces()
      let byte = try peek()
      index += 1
      if byte == UInt8(ascii: "}") { return }
      if byte != UInt8(ascii: ",") { throw wrong("a comma or }") }
    }
  }

  private mutating func value(_ key: String, _ depth: Int, _ member: Member) throws(Failure) {
    switch try peek() {
    case UInt8(ascii: "\""):
      let text = try string()
      text.withUnsafeBufferPointer { member(key, $0, true) }
    case UInt8(ascii: "{"): try object(prefix: key + ".", depth: depth + 1, member)
    case UInt8(ascii: "["):
      let start = index
      try skipArray(depth)
      member(key, UnsafeBufferPointer(rebasing: bytes[start..<index]), true)
    default:
      let start = index
      while index < bytes.count, bytes[index] > 32, !",}]".utf8.contains(bytes[index]) { index += 1 }
      if index == bytes.count { throw Failure(end: .cut("an object that is cut off")) }
      let literal = UnsafeBufferPointer(rebasing: bytes[start..<index])
      if literal.elementsEqual("null".utf8) {
        member(key, UnsafeBufferPointer(rebasing: bytes[start..<start]), false)
      } else if literal.elementsEqual("true".utf8) || literal.elementsEqual("false".utf8) || isNumber(literal) {
        member(key, literal, false)
      } else {
        throw wrong("a value")
      }
    }
  }

  private func isNumber(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = text.first, first == 45 || (48...57).contains(first) else { return false }
    return text.allSatisfy { (48...57).contains($0) || "+-.eE".utf8.contains($0) }
  }

  private mutating func skipArray(_ depth: Int) throws(Failure) {
    var open = 0
    repeat {
      switch try peek() {
      case UInt8(ascii: "\""): _ = try string()
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        open += 1
        index += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        open -= 1
        index += 1
      default: index += 1
      }
    } while open > 0
  }

  // MARK: Strings

  private mutating func string() throws(Failure) -> [UInt8] {
    try expect("\"")
    var text: [UInt8] = []
    while true {
      let start = index
      while index < bytes.count, bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "\\") { index += 1 }
      text.append(contentsOf: bytes[start..<index])
      let byte = try peek()
      index += 1
      if byte == UInt8(ascii: "\"") { return text }
      try escape(&text)
    }
  }

  private mutating func escape(_ text: inout [UInt8]) throws(Failure) {
    let byte = try peek()
    index += 1
    switch byte {
    case UInt8(ascii: "n"): text.append(10)
    case UInt8(ascii: "t"): text.append(9)
    case UInt8(ascii: "r"): text.append(13)
    case UInt8(ascii: "b"): text.append(8)
    case UInt8(ascii: "f"): text.append(12)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "u"):
      var code = try hex()
      if (0xD800..<0xDC00).contains(code), index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"),
        bytes[index + 1] == UInt8(ascii: "u")
      {
        index += 2
        code = 0x10000 + (code - 0xD800) << 10 + (try hex()) - 0xDC00
      }
      text.append(contentsOf: String(UnicodeScalar(code) ?? "\u{FFFD}").utf8)
    default: throw wrong("an escape")
    }
  }

  private mutating func hex() throws(Failure) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = UInt32(String(UnicodeScalar(try peek())), radix: 16) else { throw wrong("four hex digits") }
      code = code * 16 + digit
      index += 1
    }
    return code
  }

  // MARK: Bytes

  private mutating func skipSpaces() {
    while index < bytes.count, bytes[index] <= 32 { index += 1 }
  }

  private func peek() throws(Failure) -> UInt8 {
    guard index < bytes.count else { throw Failure(end: .cut("an object that is cut off")) }
    return bytes[index]
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(Failure) {
    guard try peek() == UInt8(ascii: character) else { throw wrong("\(character)") }
    index += 1
  }

  private func wrong(_ expected: String) -> Failure {
    let rest = bytes[min(index, bytes.count)..<min(index + 12, bytes.count)]
    return Failure(end: .wrong("\(String(decoding: rest, as: UTF8.self)) where \(expected) was expected"))
  }
}
