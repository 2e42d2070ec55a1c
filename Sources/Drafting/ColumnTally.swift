import CivilTime

/// What the texts of a column are, counted value by value while they are read.
struct ColumnTally: Sendable {
  var nulls = 0
  var values = 0
  private(set) var integers = 0
  private(set) var numbers = 0
  private(set) var days = 0
  private(set) var moments = 0
  private(set) var booleans = 0
  /// Moments that are not midnight.
  private(set) var clocks = 0
  private(set) var leadingZeros = 0
  private(set) var mostDecimals = 0
  private(set) var mostDigits = 0
  private(set) var longest = 0
  private(set) var letters = 0
  /// With spaces around them.
  private(set) var padded = 0

  var isEmpty: Bool { values == 0 }
  var isInteger: Bool { values > 0 && integers == values && leadingZeros == 0 && mostDigits <= 18 }
  var isNumber: Bool { values > 0 && numbers == values && leadingZeros == 0 }
  var isDay: Bool { values > 0 && days + moments == values && clocks == 0 }
  var isMoment: Bool { values > 0 && days + moments == values && clocks > 0 }
  var isBoolean: Bool { values > 0 && booleans == values }
  var averageLength: Double { values == 0 ? 0 : Double(letters) / Double(values) }

  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    var (start, end) = (0, bytes.count)
    while start < end, bytes[start] == 32 || bytes[start] == 9 { start += 1 }
    while end > start, bytes[end - 1] == 32 || bytes[end - 1] == 9 { end -= 1 }
    if start == end {
      nulls += 1
      return
    }
    values += 1
    if end - start < bytes.count { padded += 1 }
    letters += end - start
    longest = max(longest, end - start)
    let text = UnsafeBufferPointer(rebasing: bytes[start..<end])
    if !addNumber(text) { addOther(text) }
  }

  /// Takes in what was counted of more values.
  mutating func add(_ more: ColumnTally) {
    nulls += more.nulls
    values += more.values
    integers += more.integers
    numbers += more.numbers
    days += more.days
    moments += more.moments
    booleans += more.booleans
    clocks += more.clocks
    leadingZeros += more.leadingZeros
    mostDecimals = max(mostDecimals, more.mostDecimals)
    mostDigits = max(mostDigits, more.mostDigits)
    longest = max(longest, more.longest)
    letters += more.letters
    padded += more.padded
  }

  mutating func add(_ text: String?) {
    guard var text else {
      nulls += 1
      return
    }
    text.withUTF8 { add($0) }
  }

  private mutating func addNumber(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") ? 1 : 0
    let first = index
    var (digits, decimals, point) = (0, 0, false)
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "."), !point {
        point = true
      } else if byte >= 48, byte <= 57 {
        digits += 1
        if point { decimals += 1 }
      } else {
        return false
      }
      index += 1
    }
    guard digits > 0 else { return false }
    numbers += 1
    if !point { integers += 1 }
    // Zeros at the end are no decimals: 12.50 has one.
    if decimals > 0 {
      var last = text.count - 1
      while decimals > 0, text[last] == 48 {
        decimals -= 1
        last -= 1
      }
    }
    if !point, digits > 1, text[first] == 48 { leadingZeros += 1 }
    mostDecimals = max(mostDecimals, decimals)
    mostDigits = max(mostDigits, digits)
    if !point, digits == 1, text[first] <= 49 { booleans += 1 }
    return true
  }

  private mutating func addOther(_ text: UnsafeBufferPointer<UInt8>) {
    if text.count >= 10, text.count <= 32, text[4] == 45, text[7] == 45,
      let day = Day(iso: String(decoding: text[0..<10], as: UTF8.self)), day.description == String(decoding: text[0..<10], as: UTF8.self)
    {
      addTime(text)
    } else if text.count <= 30, text.contains(where: { $0 | 32 == UInt8(ascii: "e") }), (48...57).contains(text[text.count - 1]),
      Double(String(decoding: text, as: UTF8.self))?.isFinite == true
    {
      // 1.5e-7 is no exact decimal.
      numbers += 1
      mostDecimals = 9
    } else if text.count <= 5 {
      let word = String(decoding: text, as: UTF8.self).lowercased()
      if ["true", "false", "是", "否"].contains(word) { booleans += 1 }
    }
  }

  private mutating func addTime(_ text: UnsafeBufferPointer<UInt8>) {
    if text.count == 10 {
      days += 1
      return
    }
    guard text[10] == 32 || text[10] == UInt8(ascii: "T"), text.count >= 16, text[13] == 58 else { return }
    for byte in text[11...] where !"0123456789:.Z".utf8.contains(byte) { return }
    moments += 1
    if text[11...].contains(where: { $0 >= 49 && $0 <= 57 }) { clocks += 1 }
  }
}
