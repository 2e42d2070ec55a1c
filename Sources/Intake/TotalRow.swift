import Tables

/// Tells a row of totals, as reports have them at their end, from data.
package enum TotalRow {
  private static let words: Set<String> = [
    "合计", "总计", "小计", "共计", "总和", "合計", "總計", "小計", "total", "totals", "grand total", "subtotal", "sub total", "sum",
  ]

  /// The word that stands first in a row which has empty fields besides; nil for a row of data.
  package static func word(_ row: RowView) -> String? {
    guard row.count > 1 else { return nil }
    var first = 0
    while first < row.count, row[first].isEmpty { first += 1 }
    guard first < row.count, (3...16).contains(row[first].count), let byte = row[first].first, isStart(byte) else { return nil }
    let isAlone = (0..<row.count).contains { row[$0].isEmpty }
    guard isAlone else { return nil }
    let text = String(decoding: row[first], as: UTF8.self)
    let plain = text.filter { !$0.isWhitespace || $0 == " " }.lowercased().drop { $0 == " " }
    var word = String(plain)
    while let last = word.last, ":： ".contains(last) { word.removeLast() }
    let joined = word.unicodeScalars.contains { $0.value > 0x7F } ? word.filter { $0 != " " } : word
    return words.contains(joined) ? text : nil
  }

  /// The first byte of any of them, in either case.
  private static func isStart(_ byte: UInt8) -> Bool {
    switch byte {
    case 0xE5, 0xE6, 0xE7, 0x20, UInt8(ascii: "t"), UInt8(ascii: "T"), UInt8(ascii: "g"), UInt8(ascii: "G"), UInt8(ascii: "s"), UInt8(ascii: "S"): true
    default: false
    }
  }
}
