import CivilTime
import Metrics

/// What a column was found to hold, from a sample of its values.
package struct GuessedColumn: Hashable, Sendable {
  /// As in the file's header.
  package var name: String
  package var type: ColumnType
  /// What `tables.yaml` has to say for the values to be read: `d/m/y`; nil if they tell themselves.
  package var format: String?
  package var notes: [GuessNote]
  package var evidence: ColumnEvidence
}

/// The counts a guess rests on.
package struct ColumnEvidence: Hashable, Sendable {
  /// Values looked at, empty ones left out.
  package var values = 0
  /// Empty fields and words for nothing.
  package var nulls = 0
  /// Different values, counted up to `ColumnGuess.mostDistinct`.
  package var distinct = 0
  /// Values that are not of the type; they would be set aside.
  package var exceptions = 0
  package var firstException: String?
  package var examples: [String] = []
  package var longest = 0
  /// Rules that had to be applied, and to how many values.
  package var rules: [CleaningRule: Int] = [:]

  package init() {}
}

/// What a person should know about a guess.
package enum GuessNote: Hashable, Sendable {
  /// Each date can be day/month and month/day, and nothing tells which.
  case dayMonthUnclear(example: String)
  /// Day and month were told apart by other dates of the same file, or by the order of the rows.
  case dayMonthByOtherColumns, dayMonthByOrder
  /// Some values are dates only with the day first, some only with the month first.
  case dayMonthMixed(dayFirst: String, monthFirst: String)
  /// Digits that begin with 0, or too many for a number: kept as text.
  case code(example: String)
  /// Eight digits, or day numbers of Excel, taken for dates.
  case compactDates, excelDays
  /// Some values have a percent sign and some have not.
  case percentMixed(without: String)
  /// Most values are numbers, but too few or too plain ones to call this value a mistake: kept as text.
  case mostlyNumbers(Int, but: String)
  /// No value at all.
  case nothing
}

/// Finds the type of a column from its values, fed one by one.
///
///     var guess = ColumnGuess(name: "金额")
///     for value in ["¥1,234.50", "(300)", ""] { guess.add(value) }
///     guess.column.type     // .decimal(scale: 2)
package struct ColumnGuess: Sendable {
  package static let mostDistinct = 1000
  /// Of a hundred values two may be no numbers or dates, and the column still is one.
  private static let tolerance = 0.02
  /// Of so many values or fewer one may.
  private static let few = 50

  package let name: String
  private var evidence = ColumnEvidence()
  private var seen: Set<String> = []
  private var numbers = Numbers()
  private var commas = Numbers()
  private var dates = Dates()
  private var yesNo = (values: 0, words: Set<String>(), strange: String?.none)

  package init(name: String) { self.name = name }

  package mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { add($0) }
  }

  /// - Parameter isText: whether the file says that it is a text (a string of JSON); digits in it are a text still when every
  ///   value is one.
  package mutating func add(_ bytes: UnsafeBufferPointer<UInt8>, isText: Bool = false) {
    let bytes = ValueReader.trimmed(bytes)
    if bytes.isEmpty || ValueReader.isEmptyWord(bytes) || bytes.elementsEqual("NULL".utf8) {
      evidence.nulls += 1
      if !bytes.isEmpty { evidence.rules[.emptyWord, default: 0] += 1 }
      return
    }
    evidence.values += 1
    evidence.longest = max(evidence.longest, bytes.count)
    let text = String(decoding: bytes.prefix(200), as: UTF8.self)
    if seen.count < ColumnGuess.mostDistinct, seen.insert(text).inserted {
      evidence.distinct += 1
      if evidence.examples.count < 5 { evidence.examples.append(text) }
    }
    numbers.add(bytes, text, hasDecimalComma: false)
    commas.add(bytes, text, hasDecimalComma: true)
    dates.add(bytes, text)
    addYesNo(text)
  }

  private mutating func addYesNo(_ text: String) {
    let word = text.lowercased()
    if ValueReader.yes.contains(word) || ValueReader.no.contains(word) {
      yesNo.values += 1
      yesNo.words.insert(word)
    } else if yesNo.strange == nil { yesNo.strange = text }
  }

  // MARK: Deciding

  /// What the column is, taken alone.
  package var column: GuessedColumn { decided(order: nil) }

  /// The columns of one file: dates that do not tell day from month are read as the file's other dates are.
  package static func columns(_ guesses: [ColumnGuess]) -> [GuessedColumn] {
    let alone = guesses.map(\.column)
    let told = Set(
      alone.filter { column in !column.notes.contains { if case .dayMonthUnclear = $0 { true } else { false } } }
        .compactMap { $0.format.flatMap { DateOrders(name: $0) }?.intersection([.dayMonthYear, .monthDayYear]) }.filter { !$0.isEmpty })
    guard told.count == 1, let order = told.first else { return alone }
    return guesses.map { $0.decided(order: order) }
  }

  private func decided(order: DateOrders?) -> GuessedColumn {
    var column = GuessedColumn(name: name, type: .text, format: nil, notes: [], evidence: evidence)
    if evidence.values == 0 {
      column.notes = [.nothing]
      return column
    }
    if let found = dateColumn(order) { return found }
    if isYesNo {
      column.type = .boolean
      column.evidence.rules[.yesNo] = yesNo.values
      return column
    }
    if let found = numberColumn() { return found }
    let most = max(numbers.count, commas.count)
    if most * 10 >= evidence.values * 8, most >= 4 {
      column.notes.append(.mostlyNumbers(most, but: (commas.count > numbers.count ? commas : numbers).strange ?? ""))
    }
    return column
  }

  private func isMost(_ count: Int) -> Bool {
    let missing = evidence.values - count
    if evidence.values < ColumnGuess.few { return missing == 0 || (missing == 1 && count >= 4) }
    return Double(missing) <= Double(evidence.values) * ColumnGuess.tolerance
  }

  /// Words for yes and no, of one pair, and more than the digits.
  private var isYesNo: Bool {
    guard yesNo.values == evidence.values else { return false }
    let pairs: [Set<String>] = [
      ["是", "否"], ["有", "无"], ["y", "n"], ["yes", "no"], ["true", "false"], ["t", "f"], ["√", "×"], ["✓", "×"], ["on", "off"], ["真", "假"],
    ]
    return pairs.contains { yesNo.words.isSubset(of: $0) }
  }

  // MARK: Numbers

  private func numberColumn() -> GuessedColumn? {
    let usesCommas = commas.count > numbers.count
    let numbers = usesCommas ? commas : numbers
    guard isMost(numbers.count) else { return nil }
    // One word among a few whole numbers may be a size or a class: XL is no mistake there, as it is among amounts.
    if evidence.values < ColumnGuess.few, numbers.count < evidence.values, !numbers.areAmounts { return nil }
    var column = GuessedColumn(name: name, type: .text, format: nil, notes: [], evidence: evidence)
    if let code = numbers.code {
      column.notes = [.code(example: code)]
      return column
    }
    column.evidence.exceptions = evidence.values - numbers.count
    column.evidence.firstException = numbers.strange
    column.evidence.rules.merge(numbers.rules) { $1 }
    if usesCommas { column.format = ValueReader.decimalComma }
    column.type = numbers.type
    if let plain = numbers.withoutPercent, numbers.rules[.percent] ?? 0 > 0 { column.notes.append(.percentMixed(without: plain)) }
    return column
  }

  // MARK: Dates

  private func dateColumn(_ other: DateOrders?) -> GuessedColumn? {
    var column = GuessedColumn(name: name, type: .date, format: nil, notes: [], evidence: evidence)
    // Numbers that may be day numbers or months only where the name speaks of a time.
    let isTime = ColumnGuess.namesTime(name)
    var orders: DateOrders = isTime ? [.excel] : []
    if isTime || !dates.monthsAreDigits { orders.insert(.month) }
    if dates.orders[.excel] ?? 0 == 0 { orders.remove(.excel) }
    if dates.orders[.month] ?? 0 == 0 { orders.remove(.month) }
    guard dates.count > 0 else { return nil }
    let fixed = dates.certain + orders.each.reduce(0) { $0 + (dates.orders[$1] ?? 0) }
    if isMost(fixed), dates.slashed == 0 {
      if dates.compact == evidence.values { column.notes.append(.compactDates) }
      if orders.contains(.excel) { column.notes.append(.excelDays) }
    } else if isMost(fixed + dates.slashed) {
      guard let order = slashed(other, &column.notes) else { return nil }
      if order.isEmpty { column.type = .text } else { orders.insert(order) }
    } else { return nil }
    column.format = orders.isEmpty || column.type == .text ? nil : orders.name
    if column.type == .date, dates.withClock > 0 { column.type = .timestamp }
    if column.type != .text {
      column.evidence.exceptions = evidence.values - dates.count
      column.evidence.firstException = dates.strange
      if dates.notPlain > 0 { column.evidence.rules[.dateForm] = dates.notPlain }
      if dates.shortYears > 0 { column.evidence.rules[.shortYear] = dates.shortYears }
      if dates.withZone > 0 { column.evidence.rules[.zone] = dates.withZone }
    }
    return column
  }

  /// Which order dates like 5/1/24 are in; none if they are in two.
  private func slashed(_ other: DateOrders?, _ notes: inout [GuessNote]) -> DateOrders? {
    func fits(_ order: DateOrders) -> Bool {
      let missing = dates.slashed - (dates.orders[order] ?? 0)
      return missing == 0 || (dates.slashed >= 50 && Double(missing) <= Double(dates.slashed) * ColumnGuess.tolerance)
    }
    let (dayFirst, monthFirst, yearFirst) = (fits(.dayMonthYear), fits(.monthDayYear), fits(.yearMonthDay))
    if dayFirst && monthFirst {
      // A year of two digits in front is only thought of when nothing else will do.
      if let other {
        notes.append(.dayMonthByOtherColumns)
        return other
      }
      if let byOrder = dates.orderOfRows {
        notes.append(.dayMonthByOrder)
        return byOrder
      }
      notes.append(.dayMonthUnclear(example: dates.unclear ?? ""))
      return .monthDayYear
    }
    if dayFirst { return .dayMonthYear }
    if monthFirst { return .monthDayYear }
    if yearFirst { return .yearMonthDay }
    guard let day = dates.onlyDayFirst, let month = dates.onlyMonthFirst else { return nil }
    notes.append(.dayMonthMixed(dayFirst: day, monthFirst: month))
    return []
  }

  /// Whether a column's name speaks of a day or a month.
  package static func namesTime(_ name: String) -> Bool {
    let lower = name.lowercased()
    if ["日期", "时间", "年月", "月份", "日", "月"].contains(where: { lower.hasSuffix($0) || lower.contains("日期") }) { return true }
    let words = lower.split { !$0.isLetter }.map(String.init)
    return words.contains { ["date", "day", "time", "month", "dt", "ymd", "datetime", "period"].contains($0) || $0.hasSuffix("date") || $0.hasSuffix("time") }
  }
}

extension DateOrders {
  fileprivate var each: [DateOrders] { DateOrders.names.map(\.order).filter(contains) }
}

extension DateText {
  /// The day number of Excel.
  static func serial(_ day: Day) -> Int { day.number - Day(unchecked: 1899, 12, 30).number }
}

extension InputTable {
  /// The types of its columns: from its first rows, and from every sixteenth of as many again times sixteen.
  ///
  /// - Parameter rows: how many rows are looked at, from the first on.
  /// - Throws: `IntakeFailure`
  package func guesses(rows most: Int = 10_000) throws(IntakeFailure) -> [GuessedColumn] {
    var guesses = columns.map { ColumnGuess(name: $0) }
    let rows = try rows()
    var count = 0
    while count < most * 17, try rows.next() {
      if rows.defect != nil || TotalRow.word(rows.view) != nil { continue }
      count += 1
      if count > most, count % 16 != 0 { continue }
      for index in guesses.indices { guesses[index].add(rows.bytes(index), isText: rows.isText(index)) }
    }
    return ColumnGuess.columns(guesses)
  }
}
