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
  /// The power of ten that the greatest number of a column must reach.
  let least: Int

  init(power: Int, word: String, least: Int = 0) {
    self.power = power
    self.word = word
    self.least = least
  }

  /// The scale for the numbers of one measure (value, base, whole) and their changes, nil for full numbers.
  package static func choose(for cells: [Cell], changes: [Cell], unit: MeasureUnit, language: Language) -> NumberScale?
  {
    switch unit {
    case .money, .count, .plain: break
    case .percent, .days, .hours, .minutes: return nil
    }
    let numbers = cells.compactMap { ExactDecimal($0) }.filter { !$0.isZero }
    let differences = changes.compactMap { ExactDecimal($0) }.filter { !$0.isZero }
    return all(language).first { scale in
      numbers.contains { $0.reaches(powerOfTen: scale.least) }
        && numbers.allSatisfy { $0.reaches(powerOfTen: scale.power - 1) }
        && differences.allSatisfy { $0.reaches(powerOfTen: scale.power - 2) }
    }
  }

  /// The scales of a language from great to small, for columns and for the axes of pictures.
  package static func all(_ language: Language) -> [NumberScale] {
    switch language {
    case .chinese: chinese
    case .english: english
    }
  }
  private static let chinese = [NumberScale(power: 8, word: "亿", least: 9), NumberScale(power: 4, word: "万", least: 6)]
  private static let english = [
    NumberScale(power: 9, word: "B", least: 10), NumberScale(power: 6, word: "M", least: 8), NumberScale(power: 3, word: "K", least: 6),
  ]

  /// What it divides by: 10,000 of 万.
  package var size: Double { (0..<power).reduce(1.0) { size, _ in size * 10 } }

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
