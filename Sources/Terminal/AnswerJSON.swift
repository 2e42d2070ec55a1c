import Answers
import CivilTime
import Tables

/// An answer as one JSON object: the contract with programs. Keys are only ever added, and stand in this order.
///
/// Periods are half-open (`end` is the first day that is out); rows hold raw values: decimals with all their digits,
/// ratios as fractions, dates as ISO text, weekdays by name, no value as null. `inputs` holds the operands of formulas, row by row.
package enum AnswerJSON {
  package static func object(_ answer: Answer) -> JSONValue {
    .object(
      [
        JSONMember("id", id(answer.request)),
        JSONMember("status", .string(answer.status.rawValue)),
        JSONMember("language", .string(answer.language.rawValue)),
        JSONMember("question", .string(answer.question)),
        JSONMember("canonical", JSONValue(answer.canonical.isEmpty ? nil : answer.canonical)),
        JSONMember("headline", .string(answer.headline)),
        JSONMember("metrics", .array(answer.metrics.map(metric))),
        JSONMember("period", answer.period.map(period) ?? .null),
        JSONMember("compare", answer.compare.map(comparison) ?? .null),
        JSONMember("filters", .array(answer.filters.map(filter))),
        JSONMember("columns", .array(answer.columns.map(column))),
        JSONMember("rows", rows(answer.rows, answer.columns)),
        JSONMember("inputs", inputs(answer)),
        JSONMember("details", .array(answer.details.map(detail))),
        JSONMember("sources", .array(answer.sources.map(source))),
        JSONMember("data_as_of", JSONValue(answer.dataAsOf?.description)),
        JSONMember("sql", answer.sql.map { .string($0.text) } ?? .null),
        JSONMember("arguments", .array(answer.sql?.arguments.map { JSONValue($0) } ?? [])),
        JSONMember("notices", .array(answer.notices.map(notice))),
        JSONMember("choices", .array(answer.choices.map(choice))),
      ] + (answer.explanation.isEmpty ? [] : [JSONMember("explanation", .array(answer.explanation.map(detail)))]) + [
        JSONMember("answer_id", JSONValue(answer.id.isEmpty ? nil : answer.id)),
        JSONMember("seconds", answer.seconds.map { JSONValue(.real($0)) } ?? .null),
        JSONMember("text", .string(PlainFormat(width: 120, turnsTime: false).text(answer))),
      ])
  }

  private static func id(_ request: RequestID?) -> JSONValue {
    switch request {
    case .text(let text): .string(text)
    case .number(let number): .number(String(number))
    case nil: .null
    }
  }

  private static func metric(_ metric: AnswerMetric) -> JSONValue {
    .object([
      JSONMember("name", .string(metric.name)), JSONMember("title", .string(metric.title)),
      JSONMember("version", JSONValue(metric.version)),
      JSONMember("valid_from", JSONValue(metric.validFrom?.description)),
      JSONMember("formula", .string(metric.formula)), JSONMember("formula_text", .string(metric.formulaText)),
      JSONMember("formula_numbers", JSONValue(metric.formulaNumbers)), JSONMember("unit", JSONValue(metric.unit)),
      JSONMember("means", .string(metric.meaning)), JSONMember("owner", .string(metric.owner)),
      JSONMember("department", .string(metric.department)), JSONMember("status", .string(metric.status.rawValue)),
      JSONMember("direction", .string(metric.direction.rawValue)),
    ])
  }

  private static func days(_ period: Period) -> [JSONMember] {
    [
      JSONMember("start", JSONValue(period.start?.description)),
      JSONMember("end", JSONValue(period.end?.description)),
    ]
  }

  private static func period(_ period: AnswerPeriod) -> JSONValue {
    .object(
      days(period.period) + [JSONMember("label", .string(period.label)), JSONMember("text", .string(period.text))])
  }

  private static func comparison(_ compare: AnswerComparison) -> JSONValue {
    .object([
      JSONMember("kind", .string(compare.kind)), JSONMember("this", .object(days(compare.this))),
      JSONMember("base", .object(days(compare.base))), JSONMember("text", .string(compare.text)),
    ])
  }

  private static func filter(_ filter: AnswerFilter) -> JSONValue {
    .object([JSONMember("notation", .string(filter.notation)), JSONMember("text", .string(filter.text))])
  }

  private static func column(_ column: AnswerColumn) -> JSONValue {
    .object([
      JSONMember("name", .string(column.name)), JSONMember("title", .string(column.title)),
      JSONMember("type", .string(column.type.rawValue)), JSONMember("unit", JSONValue(column.unit)),
      JSONMember("role", .string(column.role.rawValue)),
    ])
  }

  private static func rows(_ rows: [[Cell]], _ columns: [AnswerColumn]) -> JSONValue {
    guard columns.contains(where: { !$0.labels.isEmpty }) else { return .array(rows.map { .array($0.map { JSONValue($0) }) }) }
    return .array(rows.map { row in .array(zip(row, columns).map { JSONValue($1.told($0)) }) })
  }

  private static func inputs(_ answer: Answer) -> JSONValue {
    if answer.inputColumns.isEmpty { return .null }
    return .object([
      JSONMember("columns", .array(answer.inputColumns.map(column))), JSONMember("rows", rows(answer.inputs, answer.inputColumns)),
    ])
  }

  private static func detail(_ detail: AnswerDetail) -> JSONValue {
    .object([
      JSONMember("label", .string(detail.label)), JSONMember("lines", .array(detail.lines.map { .string($0) })),
    ])
  }

  private static func source(_ source: AnswerSource) -> JSONValue {
    .object([
      JSONMember("table", .string(source.table)), JSONMember("title", .string(source.title)),
      JSONMember("rows", source.rows.map { JSONValue($0) } ?? .null),
    ])
  }

  private static func notice(_ notice: AnswerNotice) -> JSONValue {
    .object([JSONMember("code", .string(notice.notice.code)), JSONMember("text", .string(notice.text))])
  }

  private static func choice(_ choice: AnswerChoice) -> JSONValue {
    .object([
      JSONMember("text", .string(choice.text)),
      JSONMember("canonical", JSONValue(choice.notation.isEmpty ? nil : choice.notation)),
    ])
  }
}
