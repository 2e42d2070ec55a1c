import Terminal

/// Reads one JSON value from text.
///
/// Our own rather than Foundation's: it keeps numbers as their text (an id of 20 digits comes back as it was), keeps the
/// order of keys, says where a line is wrong, and costs the start of the program nothing.
struct JSONReader {
  /// What was expected, and at which byte of the text.
  struct Failure: Error, Hashable {
    var offset: Int
    var expected: String
  }

  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  private init(_ text: String) { bytes = Array(text.utf8) }

  /// - Throws: `JSONReader.Failure`
  static func value(_ text: String) throws(Failure) -> JSONValue {
    var reader = JSONReader(text)
    let value = try reader.value()
    reader.skipSpace()
    if reader.position < reader.bytes.count { throw reader.failure("the end of the line") }
    return value
  }

  private func failure(_ expected: String) -> Failure { Failure(offset: position, expected: expected) }
  private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard byte == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func value() throws(Failure) -> JSONValue {
    skipSpace()
    switch byte {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(Failure) -> JSONValue {
    let end = position + word.utf8CodeUnitCount
    guard end <= bytes.count, String(decoding: bytes[position..<end], as: UTF8.self) == "\(word)" else {
      throw failure("a JSON value")
    }
    position = end
    return value
  }

  private mutating func enter() throws(Failure) {
    position += 1
    depth += 1
    if depth > 100 { throw failure("at most 100 levels") }
  }

  private mutating func object() throws(Failure) -> JSONValue {
    try enter()
    defer { depth -= 1 }
    var members: [JSONMember] = []
    skipSpace()
    if take("}") { return .object(members) }
    repeat {
      skipSpace()
      if byte != UInt8(ascii: "\"") { throw failure("a key in quotes") }
      let key = try string()
      skipSpace()
      if !take(":") { throw failure("a colon") }
      members.append(JSONMember(key, try value()))
      skipSpace()
    } while take(",")
    if !take("}") { throw failure("a comma or }") }
    return .object(members)
  }

  private mutating func array() throws(Failure) -> JSONValue {
    try enter()
    defer { depth -= 1 }
    var items: [JSONValue] = []
    skipSpace()
    if take("]") { return .array(items) }
    repeat {
      items.append(try value())
      skipSpace()
    } while take(",")
    if !take("]") { throw failure("a comma or ]") }
    return .array(items)
  }

  private mutating func number() throws(Failure) -> JSONValue {
    let start = position
    while let byte, byte < 0x80, "+-.0123456789eE".utf8.contains(byte) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    let isNumber = Double(text)?.isFinite == true && !text.hasPrefix("+") && !text.hasPrefix(".") && !text.hasSuffix(".")
    if !isNumber {
      position = start
      throw failure("a JSON value")
    }
    return .number(text)
  }

  private mutating func string() throws(Failure) -> String {
    position += 1
    var text: [UInt8] = []
    while let next = byte {
      position += 1
      switch next {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text += try escape()
      case ..<0x20:
        position -= 1
        throw failure("a control character as an escape")
      default: text.append(next)
      }
    }
    throw failure("a closing quote")
  }

  private mutating func escape() throws(Failure) -> [UInt8] {
    guard let sign = byte else { throw failure("an escape") }
    position += 1
    switch sign {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [sign]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "u"): return try scalar()
    default:
      position -= 1
      throw failure("an escape")
    }
  }

  /// `\u4e0a`, or a surrogate pair `\ud83d\ude00`; a half pair is no character and reads as U+FFFD.
  private mutating func scalar() throws(Failure) -> [UInt8] {
    let unit = try hex()
    if (0xD800..<0xDC00).contains(unit), byte == UInt8(ascii: "\\"), position + 1 < bytes.count,
      bytes[position + 1] == UInt8(ascii: "u")
    {
      let mark = position
      position += 2
      let low = try hex()
      if (0xDC00..<0xE000).contains(low) {
        return Array(String(Character(Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}")).utf8)
      }
      position = mark
    }
    return Array(String(Character(Unicode.Scalar(unit) ?? "\u{FFFD}")).utf8)
  }

  private mutating func hex() throws(Failure) -> UInt32 {
    guard position + 4 <= bytes.count,
      let value = UInt32(String(decoding: bytes[position..<(position + 4)], as: UTF8.self), radix: 16)
    else { throw failure("four hexadecimal digits") }
    position += 4
    return value
  }
}

extension JSONValue {
  /// The value of a key of an object; nil if there is none or it is null. Of a key twice, the last.
  subscript(_ key: String) -> JSONValue? {
    guard case .object(let members) = self, let value = members.last(where: { $0.key == key })?.value, value != .null
    else { return nil }
    return value
  }

  var string: String? { if case .string(let text) = self { text } else { nil } }
}
