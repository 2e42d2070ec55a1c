import Intake
import SourceText
import Terminal
import Warehouse

/// What a load did, for people and for programs.
struct LoadReport {
  let records: [LoadRecord]
  let forms: [FileForm]
  let path: String
  let dataset: String
  let words: any LoadWords.Type

  func text() throws(Stop) -> String {
    var lines: [String] = []
    for (record, form) in zip(records, forms) {
      if record.isUnchanged {
        lines.append(words.unchanged(record))
        continue
      }
      lines.append(words.loaded(record, form: words.form(form)))
      if !record.missing.isEmpty { lines.append("  " + words.missing(record.missing)) }
      if !record.ignored.isEmpty { lines.append("  " + words.ignored(record.ignored)) }
      for change in Self.byColumn(record.changes) { lines.append("  " + words.changes(change.column, change.rules)) }
      for reason in try reasons(record) { lines.append("  " + words.setAside(reason)) }
    }
    if records.contains(where: { $0.setAside > 0 }) { lines.append(words.seeRejects(dataset)) }
    return lines.map { $0 + "\n" }.joined()
  }

  static func byColumn(_ changes: [LoadRecord.Change]) -> [(column: String, rules: [(rule: String, count: Int)])] {
    var all: [(column: String, rules: [(rule: String, count: Int)])] = []
    for change in changes {
      if all.last?.column != change.column { all.append((change.column, [])) }
      all[all.count - 1].rules.append((change.rule, change.count))
    }
    return all
  }

  private func reasons(_ record: LoadRecord) throws(Stop) -> [LoadedWarehouse.Reasons] {
    if record.setAside == 0 { return [] }
    do throws(DiagnosticsError) { return try LoadedWarehouse.reasons(path, load: record.number) } catch { throw Stop(error) }
  }

  func json() throws(Stop) -> String {
    var text = ""
    for record in records {
      let reasons = try reasons(record).map { found in
        JSONValue.object([
          JSONMember("reason", .string(found.reason.kind.rawValue)), JSONMember("column", .string(found.reason.column)),
          JSONMember("rows", JSONValue(found.count)), JSONMember("line", JSONValue(found.line)), JSONMember("found", .string(found.reason.found)),
          JSONMember("expected", .string(found.reason.expected)),
        ])
      }
      text += JSONValue.object(Self.members(record) + [JSONMember("reasons", .array(reasons))]).compact + "\n"
    }
    return text
  }

  static func members(_ record: LoadRecord) -> [JSONMember] {
    let changes = record.changes.map {
      JSONValue.object([JSONMember("column", .string($0.column)), JSONMember("rule", .string($0.rule)), JSONMember("values", JSONValue($0.count))])
    }
    return [
      JSONMember("load", record.isUnchanged ? .null : JSONValue(record.number)), JSONMember("at", .string(record.at)),
      JSONMember("by", .string(record.by)), JSONMember("file", .string(record.file)), JSONMember("hash", .string(record.hash)),
      JSONMember("table", .string(record.table)), JSONMember("mode", .string(record.mode.rawValue)),
      JSONMember("unchanged", .bool(record.isUnchanged)), JSONMember("read", JSONValue(record.read)),
      JSONMember("loaded", JSONValue(record.loaded)), JSONMember("updated", JSONValue(record.updated)),
      JSONMember("set_aside", JSONValue(record.setAside)), JSONMember("changes", .array(changes)),
      JSONMember("missing", .array(record.missing.map { .string($0) })), JSONMember("ignored", .array(record.ignored.map { .string($0) })),
    ]
  }

  /// `1,234,567 rows, 45 %, 310,000 rows/s, 12 s left`
  static func pace(_ step: LoadProgress, seconds: Double) -> String {
    let number = EnglishLoadWords.number
    let share = step.allBytes > 0 ? Double(step.bytes) / Double(step.allBytes) : 1
    let left = share > 0.01 && share < 1 ? Int(seconds * (1 - share) / share + 0.5) : nil
    let rate = seconds > 0.2 ? ", \(number(Int(Double(step.rows) / seconds))) rows/s" : ""
    return "\(number(step.rows)) rows, \(Int(share * 100)) %\(rate)\(left.map { ", \($0) s left" } ?? "")"
  }
}
