/// Finds numbers in a text: 三千五百, 1.2万, 百分之二十, 第三, two million, 3.5k, twenty-first, $20.
///
/// Reading numerals is the one thing about languages that is code and not a file. Units stay outside (元, 天, dollars);
/// only currency *signs* are taken along. Vague counts (十几, 几百) are no numbers.
package enum NumberReader {
  package enum Kind: Hashable, Sendable {
    case number
    /// The value is in percent: 20 for 20 %.
    case percent
    /// The value is the rank.
    case ordinal
    /// A number with a currency sign before or behind it.
    case currency
  }

  /// A number that starts where it was looked for; `end` is in scalars, exclusive.
  package struct Found: Hashable, Sendable {
    package let end: Int
    package let value: Double
    package let kind: Kind
  }

  /// The numbers that start at a scalar, longest first; several where a shorter reading may be meant (三成 and 三, 5.13 and 5).
  ///
  /// Example: at 0 of `20%的` it finds 20 percent, ending at 3, and the number 20, ending at 2.
  package static func numbers(in text: [Unicode.Scalar], at start: Int) -> [Found] {
    guard start < text.count, NumberSigns.mayStart(text[start]) else { return [] }
    let scanner = NumberScanner(text: text)
    guard scanner.isStart(start), scanner.mayBegin(start) else { return [] }
    var found = scanner.signed(start)
    if let inner = scanner.skip(NumberSigns.ordinalPrefix, start) { found += scanner.ordinals(inner) }
    if NumberSigns.currencies.contains(text[start]) {
      found += scanner.signed(scanner.skipSpaces(start + 1)).filter { $0.kind == .number }
        .map { Found(end: $0.end, value: $0.value, kind: .currency) }
    }
    return scanner.withSharedScale(found).sortedByLength
  }

  /// The years that start at a scalar: four digits from 1900 to 2100 (2017, 二零一七) or words (nineteen ninety-six), longest first.
  ///
  /// Four digits that begin a run of six or eight (201703, 20170305) count too: the rest is `twoDigits`.
  package static func years(in text: [Unicode.Scalar], at start: Int) -> [(end: Int, value: Int)] {
    guard start < text.count, NumberSigns.mayStart(text[start]) else { return [] }
    let scanner = NumberScanner(text: text)
    guard scanner.isStart(start), scanner.mayBegin(start) else { return [] }
    let run = scanner.digitRun(start)
    if [4, 6, 8].contains(run.count) {
      let year = NumberScanner.value(run.prefix(4))
      return (1900...2100).contains(year) ? [(start + 4, year)] : []
    }
    return scanner.englishYear(start).map { [$0] } ?? []
  }

  /// Two digits, standing alone (17, 一七, 05) or in the second half of a run of six or eight; nil if there are none.
  package static func twoDigits(in text: [Unicode.Scalar], at start: Int) -> (end: Int, value: Int)? {
    guard start < text.count, NumberSigns.digit(text[start]) != nil else { return nil }
    let scanner = NumberScanner(text: text)
    var first = start
    while first > 0, NumberSigns.digit(text[first - 1]) != nil { first -= 1 }
    let run = scanner.digitRun(first)
    let allowed = run.count == 2 ? [0] : run.count == 6 ? [4] : run.count == 8 ? [4, 6] : []
    guard allowed.contains(start - first) else { return nil }
    return (start + 2, NumberScanner.value(run[(start - first)..<(start - first + 2)]))
  }
}

extension [NumberReader.Found] {
  /// Longest first, one of each length and kind; ties in the order they were found.
  fileprivate var sortedByLength: [NumberReader.Found] {
    var seen: Set<Int> = []
    return enumerated().sorted { ($1.element.end, $0.offset) < ($0.element.end, $1.offset) }.map(\.element).filter {
      seen.insert($0.end * 4 + $0.kind.index).inserted
    }
  }
}

extension NumberReader.Kind {
  fileprivate var index: Int {
    switch self {
    case .number: 0
    case .percent: 1
    case .ordinal: 2
    case .currency: 3
    }
  }
}
