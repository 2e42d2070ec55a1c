import CivilTime
import Metrics

/// What is counted of a column's values, as numbers and as dates.
extension ColumnGuess {
  /// What the values are as numbers.
  struct Numbers: Sendable {
    var count = 0
    var strange: String?
    /// Decimals as written, and as needed: 1 and 0 for `3.0`.
    var scale = (written: 0, needed: 0)
    var most: Int64 = 0
    var rules: [CleaningRule: Int] = [:]
    var code: String?
    var withoutPercent: String?
    /// Whether decimals are those of measurements rather than of money: many, or of every length, or with an exponent.
    var hasExponent = false
    /// Whether they are written as money is, or with decimals.
    var areAmounts: Bool {
      scale.written > 0 || [.currency, .thousands, .percent, .brackets, .myriads].contains { rules[$0] ?? 0 > 0 }
    }

    mutating func add(_ bytes: UnsafeBufferPointer<UInt8>, _ text: String, hasDecimalComma: Bool) {
      guard let number = NumberText(bytes, hasDecimalComma: hasDecimalComma) else {
        // More digits than a number holds: a code.
        if code == nil, bytes.count > 18, bytes.allSatisfy({ (48...57).contains($0) }) {
          (code, count) = (text, count + 1)
        } else if strange == nil { strange = text }
        return
      }
      count += 1
      if code == nil, bytes.count > 1, bytes[0] == 48, (48...57).contains(bytes[1]) { code = text }
      scale.needed = max(scale.needed, number.neededScale)
      scale.written = max(scale.written, number.neededScale, number.rules.isDisjoint(with: [.percent, .myriads, .exponent]) ? number.decimals : 0)
      most = max(most, number.mantissa == .min ? .max : abs(number.mantissa))
      for rule in number.rules.each { rules[rule, default: 0] += 1 }
      if number.rules.contains(.exponent) { hasExponent = true }
      if withoutPercent == nil, !number.rules.contains(.percent), number.mantissa != 0 { withoutPercent = text }
    }

    /// Decimals while sums over a billion rows stay within 64 bits; else a real number.
    var type: ColumnType {
      // 3.0 is how some programs write the 3 of a column with gaps.
      if scale.needed == 0 && scale.written <= 1 { return .integer }
      if scale.written > 6 || (hasExponent && scale.needed > 2) || Double(most) > 1e15 { return .real }
      // ¥45.5 is money too, of which the next file has 45.55.
      return .decimal(scale: rules[.currency] ?? 0 > 0 ? max(2, scale.written) : scale.written)
    }
  }

  /// What the values are as dates.
  struct Dates: Sendable {
    var count = 0
    /// Dates that tell themselves.
    var certain = 0
    /// Dates such as 5/1/24.
    var slashed = 0
    var orders: [DateOrders: Int] = [:]
    var compact = 0
    var withClock = 0
    var withZone = 0
    var notPlain = 0
    var shortYears = 0
    var strange: String?
    var onlyDayFirst: String?
    var onlyMonthFirst: String?
    var unclear: String?
    /// 202401 rather than 2024-01.
    var monthsAreDigits = false
    private var steps = (all: 0, back: [DateOrders: Int](), last: [DateOrders: Int]())

    mutating func add(_ bytes: UnsafeBufferPointer<UInt8>, _ text: String) {
      guard let date = DateText(bytes) else {
        if let moment = ValueReader.excelMoment(bytes), (20_000...73_050).contains(DateText.serial(moment.day)) {
          count += 1
          orders[.excel, default: 0] += 1
          if moment.seconds != 0 { withClock += 1 }
        } else if strange == nil { strange = text }
        return
      }
      count += 1
      if date.isCompact { compact += 1 }
      if (date.seconds ?? 0) != 0 || date.fraction.contains(where: { $0 != "0" }) { withClock += 1 }
      if date.hasZone { withZone += 1 }
      if !date.isPlain { notPlain += 1 }
      if date.hasShortYear { shortYears += 1 }
      if date.day([]) != nil {
        certain += 1
        return
      }
      for (order, day) in date.possible { count(order, day, text) }
      let (day, month) = (date.day(.dayMonthYear), date.day(.monthDayYear))
      guard day != nil || month != nil || date.day(.yearMonthDay) != nil else { return }
      slashed += 1
      if day == nil, onlyMonthFirst == nil { onlyMonthFirst = text }
      if month == nil, onlyDayFirst == nil { onlyDayFirst = text }
      if let day, let month, day != month {
        if unclear == nil { unclear = text }
        step(day, month)
      }
    }

    private mutating func count(_ order: DateOrders, _ day: Day, _ text: String) {
      if order == .month, text.utf8.allSatisfy({ (48...57).contains($0) }) { monthsAreDigits = true }
      if order == .excel, !(20_000...73_050).contains(DateText.serial(day)) { return }
      orders[order, default: 0] += 1
    }

    private mutating func step(_ day: Day, _ month: Day) {
      steps.all += 1
      for (order, value) in [(DateOrders.dayMonthYear, day.number), (.monthDayYear, month.number)] {
        if let last = steps.last[order], value < last { steps.back[order, default: 0] += 1 }
        steps.last[order] = value
      }
    }

    /// The order under which the rows run forward, if they do under one only.
    var orderOfRows: DateOrders? {
      guard steps.all >= 20 else { return nil }
      let back = [DateOrders.dayMonthYear, .monthDayYear].map { Double(steps.back[$0] ?? 0) / Double(steps.all) }
      if back[0] <= 0.01, back[1] >= 0.05 { return .dayMonthYear }
      if back[1] <= 0.01, back[0] >= 0.05 { return .monthDayYear }
      return nil
    }
  }
}
