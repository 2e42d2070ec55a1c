import Tables

/// Finds what separates the fields of a text.
enum SeparatorGuess {
  private static let candidates: [Character] = [",", "\t", ";", "|", "\u{1}"]

  /// The separator that cuts most rows into the same number of fields, more than one, and into fields that are something: numbers,
  /// dates, no texts that begin with the space behind a comma. A comma if none does.
  static func separator(_ head: [UInt8], isWhole: Bool, ending: String) -> Character {
    let usual: Character = ending == "tsv" || ending == "tab" ? "\t" : ","
    var best: (separator: Character, score: Double) = (usual, 0)
    for candidate in candidates {
      let found = score(head, candidate)
      // The usual one where nothing tells.
      let score = found > 0 && candidate == usual ? found + 0.1 : found
      if score > best.score { best = (candidate, score) }
    }
    return best.separator
  }

  /// `sep=;` on the first line.
  static func told(_ head: [UInt8]) -> Character? {
    guard head.count >= 6, head.starts(with: Array("sep=".utf8)), head[5] == 10 || head[5] == 13, head[4] < 0x80 else { return nil }
    return Character(UnicodeScalar(head[4]))
  }

  /// The share of rows with the commonest number of fields, a little more for many fields, for those that are numbers and where
  /// the first row, most often the header, has as many; 0 if that number is one. `Datum;Umsatz` above `5.1.2024;12,50` has no comma.
  private static func score(_ head: [UInt8], _ separator: Character) -> Double {
    let reader = CSVReader.lenient(head, separator)
    var counts: [Int: Int] = [:]
    var (rows, broken, first) = (0, 0, 0)
    var fields: [[String]] = []
    do throws(CSVFailure) {
      while rows < 300, try reader.next() {
        rows += 1
        counts[reader.count, default: 0] += 1
        if rows == 1 { first = reader.count }
        if reader.defect != nil { broken += 1 }
        if rows > 1, rows <= 50 { fields.append(Array(reader.fields.prefix(50))) }
      }
    } catch { broken += 1 }
    guard let (count, same) = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }), count > 1 else { return 0 }
    return Double(same) / Double(max(1, rows)) + min(0.2, Double(count) / 100) - Double(broken) / Double(max(1, rows))
      + (first == count ? 0.2 : 0) + worth(fields.filter { $0.count == min(50, count) }, of: min(50, count))
  }

  /// What the columns of rows are worth: more where nine in ten fields are numbers, less where as many begin with a space, as
  /// behind the comma of a sentence.
  private static func worth(_ rows: [[String]], of columns: Int) -> Double {
    if rows.isEmpty { return 0 }
    var worth = 0.0
    for column in 0..<columns {
      let filled = rows.lazy.map { $0[column] }.filter { !$0.isEmpty }
      let count = filled.count
      if count == 0 { continue }
      if filled.filter(HeaderGuess.looksLikeNumber).count * 10 >= count * 9 { worth += 1 }
      if column > 0, filled.filter({ $0.first == " " && !HeaderGuess.looksLikeNumber($0) }).count * 10 >= count * 9 { worth -= 1 }
    }
    return 0.4 * worth / Double(columns)
  }
}
