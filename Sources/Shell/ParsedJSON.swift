import CivilTime
import Parsing
import Questions
import Session
import SourceText
import Tables
import Terminal

/// The understanding of a text as one JSON object: a contract with programs, keys are only ever added.
enum ParsedJSON {
  static func object(_ parsed: ParseOnly.ParsedText, id: JSONValue?) -> JSONValue {
    .object([
      JSONMember("id", id ?? .null),
      JSONMember("canonical", JSONValue(parsed.canonical)),
      JSONMember("question", parsed.reading.question.map(question) ?? .null),
      JSONMember("times", .array(parsed.times.map(time))),
      JSONMember("numbers", .array(parsed.numbers.compactMap(number))),
      JSONMember("unknown", .array(unknown(parsed.reading))),
      JSONMember("alternatives", .array(alternatives(parsed.reading))),
    ])
  }

  /// The question clause by clause, for programs that do not read the notation: `{"measure": ["gmv"], "by": ["region"]}`.
  private static func question(_ question: Question) -> JSONValue {
    var members: [JSONMember] = []
    for clause in QuestionText.clauses(of: question) {
      let items = JSONValue.array(clause.items.map { .string(Term.itemsText([$0])) })
      if let index = members.firstIndex(where: { $0.key == clause.keyword }), case .array(let before) = members[index].value,
        case .array(let more) = items
      {
        members[index].value = .array(before + more)
      } else {
        members.append(JSONMember(clause.keyword, items))
      }
    }
    return .object(members)
  }

  private static func unknown(_ reading: Reading) -> [JSONValue] {
    reading.words.filter { $0.use == .unknown }.map { .object(place($0.span, $0.text)) }
  }

  /// The other questions it may mean, in the notation.
  private static func alternatives(_ reading: Reading) -> [JSONValue] {
    guard case .failure(.ambiguous(let choices)) = reading.outcome else { return [] }
    return choices.map { .string(QuestionText.text(of: $0.question)) }
  }

  /// Offsets count code points, as programs in most languages do.
  private static func place(_ span: Span, _ text: String) -> [JSONMember] {
    [JSONMember("text", .string(text)), JSONMember("offset", JSONValue(span.start))]
  }

  /// `end` is the first day that is out; an open side is null.
  private static func time(_ time: ParseOnly.ParsedTime) -> JSONValue {
    .object(
      place(time.span, time.text) + [
        JSONMember("start", JSONValue(time.start?.description)), JSONMember("end", JSONValue(time.end?.description)),
        JSONMember("grain", JSONValue(time.grain?.rawValue)), JSONMember("notation", .string(time.notation)),
      ])
  }

  private static func number(_ number: ParseOnly.ParsedNumber) -> JSONValue? {
    guard let amount = ParsedAmount(number.term) else { return nil }
    var members = place(number.span, number.text)
    switch amount.extent {
    case .value(let value): members.append(JSONMember("value", JSONValue(.real(value))))
    case .range(let low, let high):
      members += [JSONMember("low", bound(low)), JSONMember("high", bound(high))]
      if let low { members.append(JSONMember("low_inclusive", .bool(low.isInside))) }
      if let high { members.append(JSONMember("high_inclusive", .bool(high.isInside))) }
    }
    if let currency = amount.currency { members.append(JSONMember("currency", .string(currency))) }
    return .object(members)
  }

  private static func bound(_ end: ParsedAmount.End?) -> JSONValue { end.map { JSONValue(.real($0.value)) } ?? .null }
}
