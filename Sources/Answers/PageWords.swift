import SourceText

/// What pages and pictures say around an answer, in its language.
package struct PageWords: Sendable {
  package let language: Language
  package init(_ language: Language) { self.language = language }

  private func say(_ chinese: String, _ english: String) -> String {
    switch language {
    case .chinese: chinese
    case .english: english
    }
  }

  /// Under a long table.
  package func rows(_ count: Int) -> String { say("共 \(grouped(count)) 行", "\(grouped(count)) rows") }
  package func shown(_ shown: Int, of count: Int) -> String {
    say("显示前 \(grouped(shown)) 行，共 \(grouped(count)) 行", "the first \(grouped(shown)) of \(grouped(count)) rows")
  }
  /// Above a part of a table too wide for the terminal.
  package func columns(_ first: Int, _ last: Int, of count: Int) -> String {
    if first == last { return say("第 \(first) 列，共 \(count) 列", "column \(first) of \(count)") }
    return say("第 \(first)–\(last) 列，共 \(count) 列", "columns \(first)–\(last) of \(count)")
  }
  /// Above a table with a grouping across.
  package func turned(_ number: String, across: String, saysHow: Bool, left: [String]) -> String {
    let missing = left.joined(separator: say("、", ", "))
    return say(
      "\(number) · \(across)横排" + (left.isEmpty ? "" : "，不含\(missing)") + (!saysHow ? "" : "（竖排：:pivot none 或 --pivot none）"),
      "\(number) · \(across.lowercased()) across" + (left.isEmpty ? "" : ", without \(missing)") + (!saysHow ? "" : " (down again: :pivot none or --pivot none)"))
  }
  package var notTurned: String { say("不是两个分组的一个数，没有横排", "not one number by two groupings, so nothing is set across") }
  package var nothingDrawn: String { say("没有可以画的，所以没有画图", "there is nothing to draw") }
  /// Beneath a picture: of so many it has lines or bars no more.
  package func leftOut(_ count: Int) -> String { say("另有 \(grouped(count)) 项没有画", "\(grouped(count)) more are not drawn") }
  /// Beneath a picture of another kind than was asked for.
  package func replaced(notOverTime: Bool) -> String {
    notOverTime
      ? say("没有时间可以连成线，画成了柱", "there is no time to draw a line along, so these are bars")
      : say("有负数，分不成各部分，画成了柱", "numbers below zero are no parts of a whole, so these are bars")
  }
  package var question: String { say("问题", "Question") }
  package var canonical: String { say("规范问法", "Canonical") }
  package var dates: String { say("日期", "Dates") }
  package var today: String { say("提问日", "Today") }
  package var dataThrough: String { say("数据截至", "Data up to") }
  package var versions: String { say("口径版本", "Definitions") }
  package var answerID: String { say("答案编号", "Answer id") }
  package var sql: String { "SQL" }
  package var arguments: String { say("参数", "Arguments") }
  package var note: String { say("备注", "Note to self") }
  package var total: String { say("合计", "total") }
  package var others: String { say("其余", "others") }
  /// What a picture is of, for those who cannot see it.
  package func picture(_ headline: String) -> String { say("\(headline)的图", "Picture of: \(headline)") }
  package var board: String { say("看板", "Board") }
  package func sparkTitle(_ title: String) -> String { say("\(title)走势", "\(title) trend") }

  private func grouped(_ count: Int) -> String { Numerals.grouped(count) }
}
