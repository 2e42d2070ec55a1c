import Tables

/// A JSON value with its keys in the order they were given, and numbers as their text, so that nothing is rounded.
package indirect enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// A number already written as JSON has it: `1234.50`.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([JSONMember])

  package init(_ cell: Cell) {
    switch cell {
    case .null: self = .null
    case .boolean(let value): self = .bool(value)
    case .text(let text): self = .string(text)
    case .integer, .decimal: self = .number(cell.plainText)
    case .real(let value): self = value.isFinite ? .number(cell.plainText) : .null
    }
  }

  package init(_ text: String?) { self = text.map { .string($0) } ?? .null }
  package init(_ number: Int) { self = .number(String(number)) }

  /// On one line: `{"a":1,"b":[2,3]}`.
  package var compact: String {
    switch self {
    case .array(let items): "[" + items.map(\.compact).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { JSONValue.quoted($0.key) + ":" + $0.value.compact }.joined(separator: ",") + "}"
    default: scalar
    }
  }

  /// Over several lines, two spaces a level; lists and objects of plain values stay on one line.
  package func pretty(indent: Int = 0) -> String {
    let inner = String(repeating: " ", count: indent + 2)
    let outer = String(repeating: " ", count: indent)
    switch self {
    case .array(let items) where !items.allSatisfy(\.isScalar):
      return "[\n" + items.map { inner + $0.pretty(indent: indent + 2) }.joined(separator: ",\n") + "\n\(outer)]"
    case .array(let items): return "[" + items.map(\.compact).joined(separator: ", ") + "]"
    case .object([]): return "{}"
    case .object(let members) where indent > 0 && members.allSatisfy(\.value.isScalar):
      return "{" + members.map { JSONValue.quoted($0.key) + ": " + $0.value.compact }.joined(separator: ", ") + "}"
    case .object(let members):
      let lines = members.map { inner + JSONValue.quoted($0.key) + ": " + $0.value.pretty(indent: indent + 2) }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(outer)}"
    default: return scalar
    }
  }

  private var isScalar: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }

  private var scalar: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let text): text
    case .string(let text): JSONValue.quoted(text)
    case .array, .object: compact
    }
  }

  /// A JSON string; control characters and line separators are escaped, other characters stand as they are.
  package static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _
      where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) || [0x2028, 0x2029].contains(scalar.value):
        let hex = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

package struct JSONMember: Hashable, Sendable {
  package var key: String
  package var value: JSONValue
  package init(_ key: String, _ value: JSONValue) {
    self.key = key
    self.value = value
  }
}
