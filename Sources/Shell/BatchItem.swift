import Answers
import CivilTime
import SourceText
import Terminal

/// One question of a batch, or the reason why a line is none.
enum BatchEntry {
  case item(BatchItem)
  /// A line that cannot be read; the others go on.
  case defect(BatchDefect)
}

struct BatchItem: Hashable {
  var id: RequestID
  /// Asked one after the other in one conversation; the last one's answer counts.
  var turns: [String]
  /// A question in the notation, in place of words.
  var notation: String?
  var today: Day?
  var user: String?
  /// Whether it goes on with the conversation before it: `then` in `.questions`.
  var follows = false
  /// The rows that its answer must have; nil = not said.
  var rows: [String]?
  /// Something is expected of it already, so that a further question is another one, no wording of it.
  var isClosed = false
}

struct BatchDefect: Hashable {
  var id: RequestID?
  /// As it stands in the file, as far as it can be shown.
  var text: String
  /// `q.jsonl:3:12: error[bad-json]: …`
  var diagnostic: Diagnostic
}

extension BatchItem {
  /// A line of JSON: `{"id": 1, "question": "…", "today": "2026-11-01", "turns": ["…", "…"], "user": "…", "query": "…"}`;
  /// `turns` are asked before `question`.
  static func json(_ line: String, at place: SourcePlace) -> BatchEntry {
    let value: JSONValue
    do throws(JSONReader.Failure) {
      value = try JSONReader.value(line)
    } catch {
      let column = String(decoding: line.utf8.prefix(error.offset), as: UTF8.self).unicodeScalars.count + 1
      let found = error.offset < line.utf8.count ? "'" + String(line.unicodeScalars.dropFirst(column - 1).prefix(12)) + "'" : "the end of the line"
      return defect(
        line, Diagnostic(
          code: "bad-json", at: SourcePlace(file: place.file, line: place.line, column: column), found: found,
          expected: error.expected))
    }
    guard case .object = value else {
      return defect(line, Diagnostic(code: "bad-json", at: place, found: "no object", expected: "an object in braces"))
    }
    return item(value, line, place)
  }

  private static func item(_ value: JSONValue, _ line: String, _ place: SourcePlace) -> BatchEntry {
    let id = requestID(value["id"]) ?? .number(Int64(place.line))
    var item = BatchItem(id: id, turns: [], notation: value["query"]?.string, user: value["user"]?.string)
    if case .array(let turns) = value["turns"] { item.turns = turns.compactMap(\.string) }
    // Turns lead up to the question; a question that repeats the last of them is not asked twice.
    if let question = value["question"]?.string, item.turns.last != question { item.turns.append(question) }
    if item.turns.isEmpty, item.notation == nil {
      return defect(
        line, id: id, Diagnostic(
          code: "no-question", at: place, found: "no question", expected: "a text under question, turns or query"))
    }
    if let today = value["today"] {
      guard let day = today.string.flatMap({ Day(iso: $0) }) else {
        return defect(
          line, id: id, Diagnostic(
            code: "bad-day", at: place, found: "today: \(today.compact)", expected: "a day such as \"2026-11-01\""))
      }
      item.today = day
    }
    return .item(item)
  }

  private static func requestID(_ value: JSONValue?) -> RequestID? {
    switch value {
    case .string(let text): .text(text)
    case .number(let text): Int64(text).map { .number($0) } ?? .text(text)
    default: nil
    }
  }

  static func defect(_ line: String, id: RequestID? = nil, _ diagnostic: Diagnostic) -> BatchEntry {
    .defect(BatchDefect(id: id, text: String(line.prefix(200)), diagnostic: diagnostic))
  }
}

/// What kind of file a batch is.
enum BatchKind: String, CaseIterable {
  /// One question a line; `#` opens a comment at the line's start.
  case text
  /// One JSON object a line.
  case jsonl
  /// Blocks as in `datasets/*/questions`.
  case questions

  /// By the file's ending; nil if its first line has to tell.
  init?(path: String) {
    if path.hasSuffix(".jsonl") || path.hasSuffix(".ndjson") { self = .jsonl }
    else if path.hasSuffix(".questions") { self = .questions }
    else { return nil }
  }
}
