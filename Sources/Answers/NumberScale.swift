import Metrics
import SourceText
import Tables

/// A power of ten that a column of big numbers is shown in, with its unit in the header: 万, 亿; K, M, B.
///
/// A column is scaled only if it has several rows, its greatest number is far above the scale and its least not far below,
/// so that two decimals still tell the rows apart. A single number is always shown in full.
package struct NumberScale: Hashable, Sendable {
  package let power: Int
  /// What the header says: 万, `K`.
  package let word: String

  /// The scale for the numbers of one measure (value, base, whole) and their changes, nil for full numbers.
  package static func choose(for cells: [Cell], changes: [Cell], unit: MeasureUnit, language: Language) -> NumberScale?
  {
    switch unit {
    case .money, .count, .plain: break
    case .percent, .days, .hours, .minutes: return nil
    }
    let numbers = cells.compactMap { ExactDecimal($0) }.filter { !$0.isZero }
    let differences = changes.compactMap { ExactDecimal($0) }.filter { !$0.isZero }
    return scales(language).first { scale in
      numbers.contains { $0.reaches(powerOfTen: scale.least) }
        && numbers.allSatisfy { $0.reaches(powerOfTen: scale.power - 1) }
        && differences.allSatisfy { $0.reaches(powerOfTen: scale.power - 2) }
    }.map { NumberScale(power: $0.power, word: $0.word) }
  }

  /// From great to small: the power, its word, and the power of ten its greatest number must reach.
  private static func scales(_ language: Language) -> [(power: Int, word: String, least: Int)] {
    switch language {
    case .chinese: [(8, "亿", 9), (4, "万", 6)]
    case .english: [(9, "B", 10), (6, "M", 8), (3, "K", 6)]
    }
  }

  /// Behind a title: `（万元）`, ` (¥K)`.
  package func header(_ unit: MeasureUnit, _ language: Language) -> String {
    switch language {
    case .chinese:
      switch unit {
      case .money(let code): "（\(word)\(CurrencySign.chineseName(code))）"
      case .count(let noun): "（\(word)\(noun[.chinese])）"
      default: "（\(word)）"
      }
    case .english:
      if case .money(let code) = unit { " (\(CurrencySign.before(code))\(word))" } else { " (\(word))" }
    }
  }
}
