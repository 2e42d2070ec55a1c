import Answers
import CivilTime
import Metrics
import Planning
import Questions
import SourceText
import Terminal

/// The quality of a dataset's tables, for people and for programs.
struct QualityReport {
  let tables: [TableQuality]
  let dictionary: MetricDictionary
  let today: Day
  let earlier: [QualityHistory.Measurement]
  let current: QualityHistory.Measurement
  let words: any QualityReportWords.Type

  private var names: Names { Names(dictionary, in: words.language) }

  func show(_ common: CommonOptions) {
    switch common.format?.name {
    case "json", "jsonl": Output.standard.write(json + "\n")
    case "csv", "tsv": LoadedFile.show(header, rows, flushRight: [], common)
    default:
      Output.standard.line(words.title(title, today))
      Output.standard.line("")
      LoadedFile.show(header, rows, flushRight: Set(1..<header.count), common)
      let broken = broken
      Output.standard.line("")
      if broken.isEmpty { Output.standard.line(words.allHold) } else {
        Output.standard.line(words.brokenTitle)
        LoadedFile.show(words.brokenColumns, broken, flushRight: [], common)
      }
    }
  }

  private var title: String {
    let text = dictionary.title[words.language]
    return text.isEmpty ? dictionary.name : text
  }

  // MARK: As a table

  private var header: [String] {
    [words.table, words.rows] + DataQuality.Aspect.allCases.map(words.aspect) + [words.total, words.held, words.trend]
  }

  private var rows: [[String]] {
    tables.map { table in
      let total = table.total
      return [names.table(table.table), words.number(table.rows)]
        + DataQuality.Aspect.allCases.map { Self.percent(table.scores[$0] ?? QualityScore()) }
        + [Self.percent(total), total.checked == 0 ? "" : "\(words.number(total.held))/\(words.number(total.checked))", trend(table)]
    }
  }

  /// Never rounded up: a score of 100 % is one of which nothing is broken.
  static func percent(_ score: QualityScore) -> String {
    if score.checked == 0 { return "–" }
    let tenths = score.held * 1000 / score.checked
    return tenths % 10 == 0 ? "\(tenths / 10)%" : "\(tenths / 10).\(tenths % 10)%"
  }

  /// Points of the total against the last time that the data, the rules or the day were others.
  private func previous(_ table: TableQuality) -> QualityScore? {
    earlier.last { !$0.isSame(as: current) }?.scores[table.table]
  }

  private func trend(_ table: TableQuality) -> String {
    guard let before = previous(table)?.share, let now = table.total.share else { return "" }
    let points = ((now - before) * 1000).rounded()
    if points == 0 { return now == before ? "=" : now > before ? "↑" : "↓" }
    let text = "\(Int(points.magnitude) / 10)" + (Int(points.magnitude) % 10 == 0 ? "" : ".\(Int(points.magnitude) % 10)")
    return (points > 0 ? "↑" : "↓") + text
  }

  /// Rules that are broken, with how many rows, the worst of each table first.
  private var broken: [[String]] {
    tables.flatMap { table -> [[String]] in
      let aside = table.setAside.map { reason in
        [names.table(table.table), words.aside(names, reason, table.table), "", words.number(reason.rows)]
      }
      let rules = table.checks.filter { $0.broken > 0 }.sorted { $0.broken > $1.broken }.map { check -> [String] in
        let rows = words.number(check.broken)
        let part = check.aspect == .timeliness ? "" : " " + words.of(check.checked, QualityShare.text(check.broken, of: check.checked))
        return [names.table(table.table), check.rule, words.aspect(check.aspect), rows + part]
      }
      return aside + rules
    }
  }

  // MARK: Earlier ones

  func showHistory(_ common: CommonOptions) {
    let all = earlier.last.map { $0.isSame(as: current) } == true ? earlier : earlier + [current]
    let shown = tables.map(\.table)
    if common.format?.isJSON == true {
      for measurement in all { Output.standard.line(Self.json(measurement, shown)) }
      return
    }
    let rows = all.reversed().map { measurement in
      [measurement.at, measurement.today.description] + shown.map { Self.percent(measurement.scores[$0] ?? QualityScore()) }
    }
    LoadedFile.show(words.historyColumns + shown.map(names.table), rows, flushRight: Set(2..<(2 + shown.count)), common)
  }

  private static func json(_ measurement: QualityHistory.Measurement, _ tables: [String]) -> String {
    JSONValue.object(
      [JSONMember("at", .string(measurement.at)), JSONMember("today", .string(measurement.today.description))]
        + [JSONMember("tables", .object(tables.map { JSONMember($0, score(measurement.scores[$0] ?? QualityScore())) }))]
    ).compact
  }

  // MARK: As JSON

  private static func score(_ score: QualityScore) -> JSONValue {
    .object([
      JSONMember("score", score.share.map { JSONValue(.real($0)) } ?? .null), JSONMember("held", JSONValue(score.held)),
      JSONMember("checked", JSONValue(score.checked)),
    ])
  }

  private var json: String {
    JSONValue.object([
      JSONMember("dataset", .string(dictionary.name)), JSONMember("today", .string(today.description)),
      JSONMember("data_version", .string(current.data)), JSONMember("broken", .bool(tables.contains(where: \.isBroken))),
      JSONMember("tables", .array(tables.map(json))),
    ]).compact
  }

  private func json(_ table: TableQuality) -> JSONValue {
    let checks = table.checks.map { check in
      JSONValue.object([
        JSONMember("aspect", .string(check.aspect.rawValue)), JSONMember("rule", .string(check.rule)),
        JSONMember("columns", .array(check.columns.map { .string($0.description) })), JSONMember("checked", JSONValue(check.checked)),
        JSONMember("broken", JSONValue(check.broken)),
      ])
    }
    let aside = table.setAside.map { reason in
      JSONValue.object([
        JSONMember("reason", .string(reason.kind.rawValue)), JSONMember("column", .string(reason.column)), JSONMember("rows", JSONValue(reason.rows)),
      ])
    }
    return .object(
      [JSONMember("table", .string(table.table)), JSONMember("title", .string(names.table(table.table))), JSONMember("rows", JSONValue(table.rows))]
        + DataQuality.Aspect.allCases.map { JSONMember($0.rawValue, Self.score(table.scores[$0] ?? QualityScore())) }
        + [
          JSONMember("total", Self.score(table.total)), JSONMember("previous", previous(table).map(Self.score) ?? .null),
          JSONMember("checks", .array(checks)), JSONMember("set_aside", .array(aside)),
        ])
  }
}
