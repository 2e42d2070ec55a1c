import CivilTime
import Session
import SourceText
import Tables
import Terminal

/// The understanding of a text as one JSON object: a contract with programs, keys are only ever added.
enum ParsedJSON {
  static func object(_ parsed: ParsedText, id: JSONValue?) -> JSONValue {
    .object([
      JSONMember("id", id ?? .null),
      JSONMember("canonical", JSONValue(parsed.canonical)),
      JSONMember("times", .array(parsed.times.map(time))),
      JSONMember("numbers", .array(parsed.numbers.map(number))),
      JSONMember("unknown", .array(parsed.unknown.map { .object(place($0.span, $0.text)) })),
      JSONMember("alternatives", .array(parsed.alternatives.map { .string($0) })),
    ])
  }

  /// Offsets count code points, as programs in most languages do.
  private static func place(_ span: Span, _ text: String) -> [JSONMember] {
    [JSONMember("text", .string(text)), JSONMember("offset", JSONValue(span.start))]
  }

  /// `end` is the first day that is out; an open side is null.
  private static func time(_ time: ParsedText.Time) -> JSONValue {
    .object(
      place(time.span, time.text) + [
        JSONMember("start", JSONValue(time.period.start?.description)),
        JSONMember("end", JSONValue(time.period.end?.description)),
        JSONMember("grain", JSONValue(time.grain?.rawValue)),
      ])
  }

  private static func number(_ number: ParsedText.Number) -> JSONValue {
    var members = place(number.span, number.text)
    switch number.value {
    case .one(let value): members.append(JSONMember("value", JSONValue(.real(value))))
    case .range(let low, let high, let lowInclusive, let highInclusive):
      members += [
        JSONMember("low", bound(low)), JSONMember("high", bound(high)),
        JSONMember("low_inclusive", .bool(lowInclusive)), JSONMember("high_inclusive", .bool(highInclusive)),
      ]
    }
    if let currency = number.currency { members.append(JSONMember("currency", .string(currency))) }
    return .object(members)
  }

  private static func bound(_ value: Double?) -> JSONValue { value.map { JSONValue(.real($0)) } ?? .null }
}
