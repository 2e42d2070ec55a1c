import Questions
import SourceText

/// What a query has used up, in words.
enum BudgetWords {
  static func text(_ limit: BudgetLimit, _ language: Language) -> String {
    let (amount, chinese, english) =
      switch limit {
      case .rows(let count): (Numerals.grouped(count), "行", count == 1 ? "row" : "rows")
      case .seconds(let seconds):
        (seconds == seconds.rounded() ? Numerals.grouped(Int(seconds)) : "\(seconds)", "秒", seconds == 1 ? "second" : "seconds")
      case .megabytes(let size): (Numerals.grouped(size), "MB 排序分组用的内存", "MB for sorting and grouping")
      case .timePoints(let count): (Numerals.grouped(count), "个时间单位", "units of time")
      }
    return amount + " " + (language == .chinese ? chinese : english)
  }
}
