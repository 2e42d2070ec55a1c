import Metrics
import SourceText
import Tables

/// How the numbers of one column are written for people; raw values are never changed by it.
///
/// Numbers are grouped by commas and rounded half up (see `ExactDecimal`). Money has two decimals and its sign, percent
/// two decimals, counts none unless one of them has a fraction. A missing value is `—`, never 0. Negative numbers carry
/// a plain `-`, so that they can be pasted.
/// Examples: `¥1,234.50`, `12.34%`, `+1.20 个百分点`, `3.5 天`.
package struct NumberFormat: Hashable, Sendable {
  /// What the number is to the measure.
  package enum Style: Hashable, Sendable {
    case plain
    /// A difference: always signed; of percent metrics in points.
    case change
    /// A fraction shown as percent, signed if it is a growth.
    case fraction(signed: Bool)
  }

  package var unit: MeasureUnit
  package var style: Style
  package var decimals: Int
  package var scale: NumberScale?
  package var language: Language

  package init(
    unit: MeasureUnit, style: Style = .plain, decimals: Int? = nil, scale: NumberScale? = nil, language: Language,
    cells: [Cell] = []
  ) {
    self.unit = unit
    self.style = style
    self.scale = scale
    self.language = language
    let own: Int? = if case .fraction = style { nil } else { decimals }
    self.decimals = scale == nil ? own ?? NumberFormat.decimals(unit, style, cells) : 2
  }

  /// What nothing is shown as.
  package static let missing = "—"

  /// The cell as people read it.
  package func text(_ cell: Cell) -> String {
    guard let number = ExactDecimal(cell) else { return cell.isNull ? NumberFormat.missing : cell.plainText }
    let (digits, isZero) = number.shifted(shift).text(decimals: decimals)
    return sign(negative: number.isNegative && !isZero, zero: isZero) + decorated(digits)
  }

  /// Places the point moves to the right before rounding.
  private var shift: Int {
    if case .fraction = style { return 2 }
    if unit == .percent { return 2 }
    return -(scale?.power ?? 0)
  }

  private func sign(negative: Bool, zero: Bool) -> String {
    if negative { return "-" }
    switch style {
    case .change, .fraction(signed: true): return zero ? "" : "+"
    case .plain, .fraction(signed: false): return ""
    }
  }

  private func decorated(_ digits: String) -> String {
    if case .fraction = style { return digits + "%" }
    switch unit {
    case .percent: return style == .change ? digits + (language == .chinese ? " 个百分点" : " pp") : digits + "%"
    case .money(let code): return scale == nil ? CurrencySign.before(code) + digits : digits
    case .days: return digits + (language == .chinese ? " 天" : " d")
    case .hours: return digits + (language == .chinese ? " 小时" : " h")
    case .minutes: return digits + (language == .chinese ? " 分钟" : " min")
    case .count, .plain: return digits
    }
  }

  private static func decimals(_ unit: MeasureUnit, _ style: Style, _ cells: [Cell]) -> Int {
    if case .fraction = style { return 2 }
    switch unit {
    case .money, .percent: return 2
    case .days, .hours, .minutes, .count, .plain:
      let numbers = cells.compactMap { ExactDecimal($0) }
      if numbers.allSatisfy(\.isWhole) { return 0 }
      let small = numbers.allSatisfy { !$0.reaches(powerOfTen: 0) }
      return small ? 4 : 2
    }
  }
}

/// The sign of a currency in front of a number.
package enum CurrencySign {
  /// `¥`, `R$`; a code without a sign of its own stands with a space: `CHF 12.00`.
  package static func before(_ code: String) -> String { signs[code] ?? code + " " }

  private static let signs = [
    "CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "JP¥", "BRL": "R$", "HKD": "HK$", "TWD": "NT$", "KRW": "₩",
    "INR": "₹", "AUD": "A$", "CAD": "C$", "SGD": "S$", "MXN": "MX$", "THB": "฿", "VND": "₫", "RUB": "₽", "PHP": "₱",
  ]
  /// What a currency is called in Chinese: 元, 美元.
  package static func chineseName(_ code: String) -> String { chineseNames[code] ?? " " + code }

  private static let chineseNames = [
    "CNY": "元", "USD": "美元", "EUR": "欧元", "GBP": "英镑", "JPY": "日元", "BRL": "雷亚尔", "HKD": "港元", "TWD": "新台币",
    "KRW": "韩元", "INR": "卢比", "AUD": "澳元", "CAD": "加元", "SGD": "新加坡元",
  ]
}

extension MeasureUnit {
  /// The unit as programs read it: `CNY`, `%`, `days`, the counted noun; nil for a plain number.
  package func code(_ language: Language) -> String? {
    switch self {
    case .money(let code): code
    case .count(let noun): noun[language].isEmpty ? nil : noun[language]
    case .percent: "%"
    case .days: "days"
    case .hours: "hours"
    case .minutes: "minutes"
    case .plain: nil
    }
  }
}
