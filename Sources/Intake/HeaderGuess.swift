/// Tells a header from data, and gives columns their names.
enum HeaderGuess {
  /// SQLite's own limit for a table.
  static let mostColumns = 2000

  /// Rows at the top that are no data: a title or a date in one field, above rows of more.
  static func preamble(_ rows: [[String]]) -> Int {
    var counts: [Int: Int] = [:]
    for row in rows { counts[filled(row), default: 0] += 1 }
    guard let usual = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) })?.key, usual > 2 else { return 0 }
    let first = rows.prefix(20).firstIndex { filled($0) * 2 >= usual && filled($0) > 1 } ?? 0
    // Only when what stands above is clearly less than a row.
    return rows[..<first].allSatisfy { filled($0) <= 1 } ? first : 0
  }

  private static func filled(_ row: [String]) -> Int { row.lazy.filter { !$0.isEmpty }.count }

  /// Whether the first row names the columns. Of rows that are all texts it does, unless its values come again below.
  static func hasHeader(_ rows: [[String]]) -> Bool {
    guard let first = rows.first else { return true }
    let others = rows.dropFirst().filter { $0 != first }
    let isYear: (String) -> Bool = { Int($0).map { (1900...2100).contains($0) } ?? false }
    let numbers = first.filter { looksLikeNumber($0) }
    if !numbers.isEmpty {
      // 产品,2023,2024: years above numbers are names.
      return numbers.count < first.count && numbers.allSatisfy(isYear) && Set(numbers).count == numbers.count
        && !first.contains("")
    }
    if others.isEmpty { return true }
    let isRepeated = first.indices.contains { column in
      !first[column].isEmpty && others.contains { column < $0.count && $0[column] == first[column] }
    }
    let hasNumbersBelow = first.indices.contains { column in
      let values = others.lazy.filter { column < $0.count && !$0[column].isEmpty }
      let count = values.count
      return count > 0 && values.filter { looksLikeNumber($0[column]) }.count * 10 >= count * 9
    }
    return hasNumbersBelow || !isRepeated
  }

  /// Digits, with nothing but signs of numbers, dates and money around them.
  static func looksLikeNumber(_ text: String) -> Bool {
    var digits = 0
    for character in text {
      if character.isNumber && character.isWholeNumber { digits += 1 } else if !" .,:-+/%¥￥$€()年月日TZ".contains(character) { return false }
    }
    return digits > 0
  }

  /// Names of the columns, each once: those of the header, trimmed, else `column_1` and on.
  static func columns(_ rows: [[String]], hasHeader: Bool) -> [String] {
    guard let first = rows.first else { return [] }
    guard hasHeader else { return first.indices.map { "column_\($0 + 1)" } }
    return unique(first)
  }

  static func unique(_ header: [String]) -> [String] {
    var seen: Set<String> = []
    return header.enumerated().map { index, text in
      let signs = text.unicodeScalars.map { $0.isPrintable && $0 != "\u{FEFF}" ? Character($0) : " " }
      let words = String(signs).split(whereSeparator: \.isWhitespace).joined(separator: " ")
      let name = words.isEmpty ? "column_\(index + 1)" : words
      var (candidate, number) = (name, 1)
      while !seen.insert(candidate.lowercased()).inserted {
        number += 1
        candidate = "\(name)_\(number)"
      }
      return candidate
    }
  }
}
