/// How a raw text was changed to become a value; counted in the record of a load.
package enum CleaningRule: Int, Hashable, Sendable, CaseIterable {
  case trim, fullWidth, currency, thousands, brackets, percent, myriads, exponent
  /// `100-`
  case minusBehind
  case decimalComma
  /// `NULL`, `N/A`, `-`: a word for nothing.
  case emptyWord
  /// A date or moment that was not written as ISO has it.
  case dateForm
  /// A zone behind a moment, left out: the clock stays as written.
  case zone
  case yesNo
  /// `24` of a date: a year from 1969 to 2068.
  case shortYear
  /// What `tables.yaml` says to do with the column's texts.
  case letterCase, mapped, unit, filled

  /// As the record of a load names it.
  package var name: String {
    switch self {
    case .trim: "trim"
    case .fullWidth: "full-width"
    case .currency: "currency"
    case .thousands: "thousands"
    case .brackets: "brackets"
    case .percent: "percent"
    case .myriads: "myriads"
    case .exponent: "exponent"
    case .minusBehind: "minus-behind"
    case .decimalComma: "decimal-comma"
    case .emptyWord: "empty-word"
    case .dateForm: "date-form"
    case .zone: "zone"
    case .yesNo: "yes-no"
    case .shortYear: "short-year"
    case .letterCase: "case"
    case .mapped: "map"
    case .unit: "unit"
    case .filled: "default"
    }
  }
}

/// Several of them at once, as bits: counted for every value of millions.
package struct CleaningRules: OptionSet, Hashable, Sendable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }
  private init(_ rule: CleaningRule) { rawValue = 1 << UInt32(rule.rawValue) }

  package static let trim = CleaningRules(.trim)
  package static let fullWidth = CleaningRules(.fullWidth)
  package static let currency = CleaningRules(.currency)
  package static let thousands = CleaningRules(.thousands)
  package static let brackets = CleaningRules(.brackets)
  package static let percent = CleaningRules(.percent)
  package static let myriads = CleaningRules(.myriads)
  package static let exponent = CleaningRules(.exponent)
  package static let minusBehind = CleaningRules(.minusBehind)
  package static let decimalComma = CleaningRules(.decimalComma)
  package static let emptyWord = CleaningRules(.emptyWord)
  package static let dateForm = CleaningRules(.dateForm)
  package static let zone = CleaningRules(.zone)
  package static let yesNo = CleaningRules(.yesNo)
  package static let shortYear = CleaningRules(.shortYear)
  package static let letterCase = CleaningRules(.letterCase)
  package static let mapped = CleaningRules(.mapped)
  package static let unit = CleaningRules(.unit)
  package static let filled = CleaningRules(.filled)

  package var each: [CleaningRule] { CleaningRule.allCases.filter { rawValue >> UInt32($0.rawValue) & 1 == 1 } }
}
