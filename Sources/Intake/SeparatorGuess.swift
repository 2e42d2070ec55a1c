import Tables

/// Finds what separates the fields of a text.
enum SeparatorGuess {
  private static let candidates: [Character] = [",", "\t", ";", "|", "\u{1}"]

  /// The separator that cuts most rows into the same number of fields, more than one. A comma if none does.
  static func separator(_ head: [UInt8], isWhole: Bool, ending: String) -> Character {
    var best: (separator: Character, score: Double) = (ending == "tsv" || ending == "tab" ? "\t" : ",", 0)
    for candidate in candidates {
      let score = score(head, candidate) * (candidate == best.separator && best.score == 0 ? 1.2 : 1)
      if score > best.score { best = (candidate, score) }
    }
    return best.separator
  }

  /// `sep=;` on the first line.
  static func told(_ head: [UInt8]) -> Character? {
    guard head.count >= 6, head.starts(with: Array("sep=".utf8)), head[5] == 10 || head[5] == 13, head[4] < 0x80 else { return nil }
    return Character(UnicodeScalar(head[4]))
  }

  /// The share of rows with the commonest number of fields, a little more for many fields; 0 if that number is one.
  private static func score(_ head: [UInt8], _ separator: Character) -> Double {
    let reader = CSVReader.lenient(head, separator)
    var counts: [Int: Int] = [:]
    var (rows, broken) = (0, 0)
    do throws(CSVFailure) {
      while rows < 300, try reader.next() {
        rows += 1
        counts[reader.count, default: 0] += 1
        if reader.defect != nil { broken += 1 }
      }
    } catch { broken += 1 }
    guard let (count, same) = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }), count > 1 else { return 0 }
    return Double(same) / Double(max(1, rows)) + min(0.2, Double(count) / 100) - Double(broken) / Double(max(1, rows))
  }
}
