import Metrics

/// Writes the `tables.yaml` of a dataset that has none, from what its files were found to hold.
///
/// Every column has its type, and beside it what the guess rests on, for a person to confirm or to mend.
package struct TablesFile {
  package struct Entry {
    /// A name for formulas, and what the file or sheet is called.
    package var name: String
    package var title: String
    package var file: String
    package var columns: [GuessedColumn]

    package init(name: String, title: String, file: String, columns: [GuessedColumn]) {
      (self.name, self.title, self.file, self.columns) = (name, title, file, columns)
    }
  }

  /// The file's text.
  package static func text(_ entries: [Entry]) -> String {
    let lines = [
      "# Written by wenshu load from the files it found. Types and formats are guesses from the values: mend what is wrong and load again.",
      "# A key, required, range, allowed, pattern and rules are checked at every load; rows that break them are set aside (wenshu rejects).",
      "tables:",
    ]
    return lines.joined(separator: "\n") + "\n" + tables(entries)
  }

  /// What stands under `tables:`, to be added to a file.
  package static func tables(_ entries: [Entry]) -> String {
    var lines: [String] = []
    for entry in entries {
      lines += ["  \(entry.name):  # from \(comment(entry.file))", "    title: \(quoted(entry.title))"]
      if let key = key(entry) { lines.append("    # key: \(key)   (each value looked at was another one; declare it to have it checked)") }
      let names = identifiers(entry.columns.map(\.name))
      if let time = entry.columns.firstIndex(where: { $0.type.isTime }) { lines.append("    time: \(names[time])  # the first date") }
      lines.append("    columns:")
      for (column, name) in zip(entry.columns, names) { lines.append("      \(name): {\(keys(column, name))}\(remark(column))") }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func keys(_ column: GuessedColumn, _ name: String) -> String {
    var keys = ["type: \(column.type.notation)"]
    if column.name != name { keys += ["column: \(quoted(column.name))", "title: \(quoted(column.name))"] }
    if let format = column.format { keys.append("format: \(quoted(format))") }
    return keys.joined(separator: ", ")
  }

  private static func remark(_ column: GuessedColumn) -> String {
    let evidence = column.evidence
    var parts = evidence.examples.prefix(2).map { comment($0) }
    for note in column.notes { parts.append(words(note)) }
    if evidence.exceptions > 0 { parts.append("\(evidence.exceptions) of \(evidence.values) are not: \(comment(evidence.firstException ?? ""))") }
    return parts.isEmpty ? "" : "  # " + parts.joined(separator: "; ")
  }

  /// What of a guess a person should look at, in words.
  package static func toConfirm(_ column: GuessedColumn) -> [String] {
    let exceptions = column.evidence.exceptions
    let strange = exceptions == 0 ? [] : ["\(exceptions) of \(column.evidence.values) values looked at are not: \(comment(column.evidence.firstException ?? ""))"]
    return column.notes.map(words).filter { $0.hasSuffix("confirm") } + strange
  }

  private static func words(_ note: GuessNote) -> String {
    switch note {
    case .dayMonthUnclear: "day/month or month/day? confirm"
    case .dayMonthByOtherColumns: "day and month as in the file's other dates; confirm"
    case .dayMonthByOrder: "day and month by the order of the rows; confirm"
    case .dayMonthMixed(let day, let month): "\(day) has the day first, \(month) the month: kept as text"
    case .code: "digits that are a code"
    case .compactDates: "eight digits taken for dates; confirm"
    case .excelDays: "numbers taken for Excel's days; confirm"
    case .percentMixed(let plain): "some have %, \(plain) has not; confirm"
    case .mostlyNumbers(let count, let strange): "\(count) values are numbers, \(comment(strange)) is not: kept as text; confirm"
    case .nothing: "no values"
    }
  }

  /// A column whose every value is another one, and whose name says that it identifies.
  private static func key(_ entry: Entry) -> String? {
    let names = identifiers(entry.columns.map(\.name))
    return zip(entry.columns, names).first { column, name in
      let evidence = column.evidence
      let says = ["id", "no", "code", "number", "key", "编号", "号", "编码", "代码"].contains { name.lowercased().hasSuffix($0) }
      return says && evidence.nulls == 0 && evidence.values > 1 && evidence.distinct == min(evidence.values, ColumnGuess.mostDistinct)
    }?.1
  }

  /// Names as formulas take them: letters, digits and `_`; each once.
  package static func identifiers(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.enumerated().map { index, text in
      var name = ""
      for scalar in text.unicodeScalars {
        let isPart = scalar.properties.isAlphabetic || scalar.properties.isIdeographic || scalar.properties.numericType == .decimal
        if isPart { name.unicodeScalars.append(scalar) } else if !name.isEmpty, name.last != "_" { name += "_" }
      }
      while name.last == "_" { name.removeLast() }
      name = name.lowercased()
      if name.isEmpty { name = "column_\(index + 1)" }
      if name.first?.isNumber == true { name = "c" + name }
      var (unique, number) = (name, 1)
      while !seen.insert(unique).inserted {
        number += 1
        unique = "\(name)_\(number)"
      }
      return unique
    }
  }

  package static func quoted(_ text: String) -> String { "'" + plain(text).replacing("'", with: "''") + "'" }

  private static func comment(_ text: String) -> String {
    let line = plain(text)
    return line.count > 30 ? line.prefix(30) + "…" : line
  }

  /// On one line, without the signs that YAML has no place for.
  private static func plain(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.isPrintable ? $0 : " " }))
  }
}

extension Unicode.Scalar {
  /// Whether it can stand in a line of text: no line end, no other control sign, none of Unicode's holes.
  package var isPrintable: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: false
    default: true
    }
  }
}
