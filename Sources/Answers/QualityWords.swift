import Metrics
import Questions

/// Faults of data in one line, as an answer says them.
struct ChineseQualityWords {
  let names: Names

  func text(_ faults: [QualityFault]) -> String {
    let hint = faults.contains { if case .setAside = $0 { true } else { false } } ? "见 wenshu rejects" : "见 wenshu quality"
    return "数据质量：" + QualityFault.runs(faults).map(summary).joined(separator: "；") + "。\(hint)。"
  }

  private func summary(_ run: [QualityFault]) -> String {
    let more = run.dropFirst().prefix(2).map { fault in
      guard case .broken(_, let rule, let rows, let all) = fault else { return "" }
      return "、\(Numerals.grouped(rows)) 行（\(QualityShare.text(rows, of: all))）不合“\(rule)”"
    }
    return text(run[0]) + more.joined() + (run.count > 3 ? "等 \(run.count) 条规则" : "")
  }

  private func text(_ fault: QualityFault) -> String {
    let table = names.table(fault.table)
    switch fault {
    case .setAside(_, let rows, let all, let reasons):
      let list = reasons.prefix(3).map { self.reason($0, fault.table) }.joined(separator: "，")
      return "\(table)有 \(Numerals.grouped(rows)) 行（\(QualityShare.text(rows, of: all))）未入库：\(list)\(reasons.count > 3 ? "等" : "")"
    case .broken(_, let rule, let rows, let all):
      return "\(table)有 \(Numerals.grouped(rows)) 行（\(QualityShare.text(rows, of: all))）不合规则“\(rule)”"
    case .late(_, let last, let allowed, let days):
      return "\(table)只到 \(last)，晚了 \(days) 天（最多 \(allowed) 天）"
    case .unusual(_, let unit, let rows, let usual):
      return "\(table) \(unit) \(rows < usual ? "只有" : "有") \(Numerals.grouped(rows)) 行，平时约 \(Numerals.grouped(usual)) 行"
    }
  }

  private func reason(_ reason: SetAsideReason, _ table: String) -> String {
    "\(Numerals.grouped(reason.rows)) 行" + text(reason, table)
  }

  func text(_ reason: SetAsideReason, _ table: String) -> String {
    let column = Self.spaced(names.ownColumn(reason.column, of: table))
    return switch reason.kind {
    case .empty: "\(column)为空"
    case .type: "\(column)类型不对"
    case .value: "\(column)的值不许可"
    case .repeated: "重复"
    case .reference: "\(column)没有对应"
    case .rule: "不合“\(reason.column)”"
    case .unreadable: "读不成一行"
    }
  }
}

extension ChineseQualityWords {
  /// Letters stand apart from characters: `store_id 没有对应`, `金额为空`.
  fileprivate static func spaced(_ name: String) -> String {
    func gap(_ character: Character?) -> String { character?.isASCII == true ? " " : "" }
    return gap(name.first) + name + gap(name.last)
  }
}

struct EnglishQualityWords {
  let names: Names

  func text(_ faults: [QualityFault]) -> String {
    let hint = faults.contains { if case .setAside = $0 { true } else { false } } ? "see wenshu rejects" : "see wenshu quality"
    return "Data quality: " + QualityFault.runs(faults).map(summary).joined(separator: "; ") + "; \(hint)."
  }

  private func summary(_ run: [QualityFault]) -> String {
    let more = run.dropFirst().prefix(2).map { fault in
      guard case .broken(_, let rule, let rows, let all) = fault else { return "" }
      return ", \(rowsText(rows)) (\(QualityShare.text(rows, of: all))) “\(rule)”"
    }
    let rest = run.count - 3
    return text(run[0]) + more.joined() + (rest > 0 ? " and \(rest) more \(rest == 1 ? "rule" : "rules")" : "")
  }

  private func text(_ fault: QualityFault) -> String {
    let table = names.table(fault.table)
    switch fault {
    case .setAside(_, let rows, let all, let reasons):
      let list = reasons.prefix(3).map { self.reason($0, fault.table) }.joined(separator: ", ")
      return "\(rowsText(rows)) of \(table) (\(QualityShare.text(rows, of: all))) \(rows == 1 ? "was" : "were") set aside: \(list)\(reasons.count > 3 ? " and others" : "")"
    case .broken(_, let rule, let rows, let all):
      return "\(rowsText(rows)) of \(table) (\(QualityShare.text(rows, of: all))) \(rows == 1 ? "breaks" : "break") the rule “\(rule)”"
    case .late(_, let last, let allowed, let days):
      return "\(table) end on \(last), \(days) \(days == 1 ? "day" : "days") late (\(allowed) allowed)"
    case .unusual(_, let unit, let rows, let usual):
      return "\(table) of \(unit) are \(rowsText(rows)), about \(Numerals.grouped(usual)) are usual"
    }
  }

  private func rowsText(_ rows: Int) -> String { "\(Numerals.grouped(rows)) \(rows == 1 ? "row" : "rows")" }

  private func reason(_ reason: SetAsideReason, _ table: String) -> String {
    "\(Numerals.grouped(reason.rows)) with \(text(reason, table))"
  }

  func text(_ reason: SetAsideReason, _ table: String) -> String {
    let column = names.ownColumn(reason.column, of: table)
    return switch reason.kind {
    case .empty: "no \(column)"
    case .type: "\(column) of another type"
    case .value: "\(column) that is not allowed"
    case .repeated: "a key or row that was there"
    case .reference: "\(column) that refers to nothing"
    case .rule: "a breach of “\(reason.column)”"
    case .unreadable: "no readable line"
    }
  }
}

extension QualityFault {
  /// Faults in their order, those of broken rules of one table together.
  fileprivate static func runs(_ faults: [QualityFault]) -> [[QualityFault]] {
    var runs: [[QualityFault]] = []
    for fault in faults {
      if case .broken = fault, case .broken(fault.table, _, _, _)? = runs.last?.first { runs[runs.count - 1].append(fault) } else { runs.append([fault]) }
    }
    return runs
  }
}

extension Names {
  /// Why rows were set aside, without how many.
  package func setAside(_ reason: SetAsideReason, of table: String) -> String {
    switch language {
    case .chinese: ChineseQualityWords(names: self).text(reason, table)
    case .english: EnglishQualityWords(names: self).text(reason, table)
    }
  }

  /// Columns of a table by their titles, as a set-aside row names them: `日期`; what is no column stands as it is.
  func ownColumn(_ names: String, of table: String) -> String {
    names.split(separator: ",").map { part in
      let name = part.first == " " ? String(part.dropFirst()) : String(part)
      let title = dictionary.schema[table]?.column(name)?.title[language] ?? ""
      return title.isEmpty ? name : title
    }.joined(separator: ", ")
  }
}

/// A part of the whole, so that a part of anything is never shown as nothing.
package enum QualityShare {
  package static func text(_ part: Int, of all: Int) -> String {
    if all == 0 { return "0%" }
    let share = Double(part) / Double(all) * 100
    if share > 0, share < 0.1 { return "<0.1%" }
    let tenths = Int((share * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)%" : "\(tenths / 10).\(tenths % 10)%"
  }
}
