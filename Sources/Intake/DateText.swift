import CivilTime

/// The orders in which the parts of a date can be meant where its text does not tell.
///
/// What tells itself is read without any of them: `2024-01-05`, `2024/1/5`, `2024年1月5日`, `20240105`, `5-Jan-24`.
package struct DateOrders: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// `5/1/2024` is 5 January.
  package static let dayMonthYear = DateOrders(rawValue: 1)
  /// `5/1/2024` is 1 May.
  package static let monthDayYear = DateOrders(rawValue: 2)
  /// `24/1/5` is 5 January 2024.
  package static let yearMonthDay = DateOrders(rawValue: 4)
  /// `45296` is 5 January 2024, counted as Excel counts days.
  package static let excel = DateOrders(rawValue: 8)
  /// `2024-01`, `202401`, `2024年1月`: the first of the month.
  package static let month = DateOrders(rawValue: 16)

  /// As `tables.yaml` writes them.
  package static let names: [(name: String, order: DateOrders)] = [
    ("d/m/y", .dayMonthYear), ("m/d/y", .monthDayYear), ("y/m/d", .yearMonthDay), ("excel", .excel), ("y-m", .month),
  ]

  package init?(name: String) {
    var orders: DateOrders = []
    for part in name.split(separator: ",") {
      let plain = part.filter { $0 != " " }
      guard let found = DateOrders.names.first(where: { $0.name == plain }) else { return nil }
      orders.insert(found.order)
    }
    self = orders
  }

  package var name: String {
    DateOrders.names.filter { contains($0.order) }.map(\.name).joined(separator: ", ")
  }
}

/// A date, perhaps with a time of day, taken apart but not yet put into an order.
struct DateText {
  /// The day under each order that gives one; one under all of them if the text tells itself.
  private(set) var certain: Day?
  private(set) var possible: [(order: DateOrders, day: Day)] = []
  /// Seconds since midnight and the digits of a fraction; nil without a time of day.
  private(set) var seconds: Int?
  private(set) var fraction = ""
  private(set) var hasZone = false
  /// Whether this is how ISO writes it.
  private(set) var isPlain = false
  /// Eight digits alone, which could be a number as well.
  private(set) var isCompact = false
  /// A year of two digits.
  private(set) var hasShortYear = false

  func day(_ orders: DateOrders) -> Day? {
    certain ?? possible.first { orders.contains($0.order) }?.day
  }

  /// The orders under which this is a date; empty if it tells itself.
  var orders: DateOrders { possible.reduce(into: []) { $0.insert($1.order) } }

  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count >= 4, bytes.count <= 40 else { return nil }
    var reader = Reader(bytes)
    guard reader.readDate(&self) else { return nil }
    if !reader.isAtEnd {
      guard let clock = reader.clock(), reader.isAtEnd else { return nil }
      (seconds, fraction) = (clock.seconds, clock.fraction)
      hasZone = clock.hasZone
      isPlain = isPlain && clock.isPlain
    }
    if certain == nil && possible.isEmpty { return nil }
  }

  /// Excel's day numbers: 1 is 1 January 1900, and 60 is a 29 February that never was.
  static func excelDay(_ serial: Int) -> Day? {
    guard serial > 60, serial < 110_000 else { return nil }
    return Day(unchecked: 1899, 12, 30).adding(days: serial)
  }

  private init() {}

  private struct Reader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    var isAtEnd: Bool { index == bytes.count }

    /// Reads year, month and day in whatever order.
    mutating func readDate(_ date: inout DateText) -> Bool {
      skipWeekday()
      if let name = monthName() { return namedMonthFirst(name, &date) }
      guard let first = number() else { return false }
      if isAtEnd || (bytes[index] == 32 && first.digits == 8) || (first.digits == 8 && bytes[index] == UInt8(ascii: "T")) {
        return compact(first, &date)
      }
      if take("年") { return chinese(first, &date) }
      guard let separator = separator() else { return false }
      if let name = monthName() { return namedMonthSecond(first, name, &date) }
      guard let second = number() else { return false }
      guard !isAtEnd, bytes[index] == separator else {
        guard isAtEnd, first.digits == 4 else { return false }
        return month(first.value, second.value, &date)
      }
      index += 1
      guard let third = number() else { return false }
      return parts(first, second, third, separator, &date)
    }

    private mutating func parts(
      _ a: (value: Int, digits: Int), _ b: (value: Int, digits: Int), _ c: (value: Int, digits: Int), _ separator: UInt8,
      _ date: inout DateText
    ) -> Bool {
      guard b.digits <= 2 else { return false }
      if a.digits == 4 {
        guard c.digits <= 2, let day = Day(a.value, b.value, c.value) else { return false }
        date.certain = day
        date.isPlain = separator == UInt8(ascii: "-") && b.digits == 2 && c.digits == 2
        return true
      }
      guard a.digits <= 2, c.digits == 4 || c.digits <= 2 else { return false }
      date.hasShortYear = c.digits != 4
      if c.digits != 1, let day = Day(year(c), b.value, a.value) { date.possible.append((.dayMonthYear, day)) }
      if c.digits != 1, let day = Day(year(c), a.value, b.value) { date.possible.append((.monthDayYear, day)) }
      if a.digits == 2, c.digits <= 2, let day = Day(year(a), b.value, c.value) { date.possible.append((.yearMonthDay, day)) }
      return !date.possible.isEmpty
    }

    /// Two digits are of 1969 to 2068, as POSIX has it.
    private func year(_ part: (value: Int, digits: Int)) -> Int {
      part.digits == 4 ? part.value : part.value < 69 ? 2000 + part.value : 1900 + part.value
    }

    private func compact(_ part: (value: Int, digits: Int), _ date: inout DateText) -> Bool {
      if part.digits == 8 {
        guard (1900...2199).contains(part.value / 10000), let day = Day(part.value / 10000, part.value / 100 % 100, part.value % 100)
        else { return false }
        date.certain = day
        date.isCompact = true
        return true
      }
      if part.digits == 6, month(part.value / 100, part.value % 100, &date) { return true }
      if part.digits == 5, let day = DateText.excelDay(part.value) { date.possible.append((.excel, day)) }
      return !date.possible.isEmpty
    }

    private func month(_ year: Int, _ month: Int, _ date: inout DateText) -> Bool {
      guard (1900...2199).contains(year), let day = Day(year, month, 1) else { return false }
      date.possible.append((.month, day))
      return true
    }

    /// Behind `2024年`.
    private mutating func chinese(_ year: (value: Int, digits: Int), _ date: inout DateText) -> Bool {
      skipSpaces()
      guard year.digits == 4 || year.digits == 2, let part = number(), take("月") else { return false }
      skipSpaces()
      if isAtEnd { return month(self.year(year), part.value, &date) }
      guard let dayPart = number() else { return false }
      _ = take("日") || take("号")
      guard let day = Day(self.year(year), part.value, dayPart.value) else { return false }
      date.certain = day
      return true
    }

    /// `5-Jan-24`, behind `5-Jan`.
    private mutating func namedMonthSecond(_ day: (value: Int, digits: Int), _ month: Int, _ date: inout DateText) -> Bool {
      guard separator() != nil, let last = number() else { return false }
      // 2024-Jan-05
      if day.digits == 4, last.digits <= 2, let found = Day(day.value, month, last.value) {
        date.certain = found
        return true
      }
      date.hasShortYear = last.digits == 2
      guard day.digits <= 2, last.digits == 4 || last.digits == 2, let found = Day(year(last), month, day.value) else { return false }
      date.certain = found
      return true
    }

    /// `Jan 5, 2024`, behind `Jan`.
    private mutating func namedMonthFirst(_ month: Int, _ date: inout DateText) -> Bool {
      guard separator() != nil, let day = number() else { return false }
      if isAtEnd { return day.digits == 4 && self.month(day.value, month, &date) }
      guard separator() != nil, let last = number(), last.digits == 4, let found = Day(last.value, month, day.value) else { return false }
      date.certain = found
      return true
    }

    // MARK: Time of day

    mutating func clock() -> (seconds: Int, fraction: String, hasZone: Bool, isPlain: Bool)? {
      let isSpace = bytes[index] == 32
      if bytes[index] == UInt8(ascii: "T") { index += 1 }
      skipSpaces()
      // 2024年1月5日 is at its end after spaces.
      if isAtEnd { return nil }
      var isAfternoon: Bool?
      if take("上午") || take("凌晨") { isAfternoon = false } else if take("下午") || take("晚上") { isAfternoon = true }
      skipSpaces()
      guard let hour = number(), hour.digits <= 2, take(":") || take("：") || take("时") || take("点"), let minute = number(), minute.digits == 2
      else { return nil }
      _ = take("分")
      var (second, fraction) = (0, "")
      if take(":") || take("：") || (index < bytes.count && (48...57).contains(bytes[index])) {
        guard let part = number(), part.digits == 2 else { return nil }
        second = part.value
        _ = take("秒")
        if take(".") {
          let start = index
          while index < bytes.count, (48...57).contains(bytes[index]) { index += 1 }
          fraction = String(decoding: bytes[start..<index], as: UTF8.self)
        }
      }
      let isPlain = isSpace && isAfternoon == nil && hour.digits == 2
      skipSpaces()
      if take("AM") || take("am") { isAfternoon = false } else if take("PM") || take("pm") { isAfternoon = true }
      let hasZone = zone()
      var hours = hour.value
      if let isAfternoon {
        guard (0...12).contains(hours) || isAfternoon && hours < 24 else { return nil }
        if isAfternoon, hours < 12 { hours += 12 } else if !isAfternoon, hours == 12 { hours = 0 }
      }
      guard hours < 24, minute.value < 60, second < 61 else { return nil }
      return (hours * 3600 + minute.value * 60 + second, fraction, hasZone, isPlain && !hasZone && isAfternoon == nil)
    }

    /// `Z`, `+08:00`, `+0800`
    private mutating func zone() -> Bool {
      if take("Z") { return true }
      let start = index
      guard take("+") || take("-"), let hours = number() else {
        index = start
        return false
      }
      if hours.digits == 2, take(":") { return number()?.digits == 2 }
      return hours.digits == 4 || hours.digits == 2
    }

    // MARK: Parts

    private mutating func number() -> (value: Int, digits: Int)? {
      let start = index
      var value = 0
      while index < bytes.count, (48...57).contains(bytes[index]), index - start < 9 {
        value = value * 10 + Int(bytes[index] - 48)
        index += 1
      }
      return index == start ? nil : (value, index - start)
    }

    private mutating func separator() -> UInt8? {
      guard index < bytes.count, "-/. ,".utf8.contains(bytes[index]) else { return nil }
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: ",") || byte == 32 { skipSpaces() }
      return byte
    }

    private mutating func skipSpaces() {
      while index < bytes.count, bytes[index] == 32 { index += 1 }
    }

    private mutating func take(_ text: StaticString) -> Bool {
      guard index + text.utf8CodeUnitCount <= bytes.count else { return false }
      for offset in 0..<text.utf8CodeUnitCount where bytes[index + offset] != text.utf8Start[offset] { return false }
      index += text.utf8CodeUnitCount
      return true
    }

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"].map { Array($0.utf8) }
    private static let longMonths = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    ].map { Array($0.utf8) }
    private static let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map { Array($0.utf8) }

    private func letters() -> [UInt8] {
      var word: [UInt8] = []
      var place = index
      while place < bytes.count, word.count < 10 {
        let lower = bytes[place] | 0x20
        guard lower >= 97, lower <= 122, bytes[place] >= 65 else { break }
        word.append(lower)
        place += 1
      }
      return word
    }

    private mutating func monthName() -> Int? {
      let word = letters()
      guard word.count >= 3 else { return nil }
      let found = Reader.longMonths.firstIndex(of: word) ?? Reader.months.firstIndex(of: word) ?? (word == Array("sept".utf8) ? 8 : nil)
      guard let found else { return nil }
      index += word.count
      return found + 1
    }

    /// `Fri, 5 Jan 2024`
    private mutating func skipWeekday() {
      let word = letters()
      guard word.count >= 3, Reader.weekdays.contains(Array(word.prefix(3))), word.count == 3 || word.suffix(3).elementsEqual("day".utf8)
      else { return }
      index += word.count
      _ = take(",")
      skipSpaces()
    }
  }
}
