import Metrics
import SourceText
import Tables
import Warehouse

/// Works out what the columns of staged tables are, by SQL over the scratch database.
struct Profiler {
  let scratch: RawDatabase
  let reader: HeaderReader

  /// So many values are kept to look at.
  private static let mostValues = 400

  /// - Throws: `DiagnosticsError`
  func table(_ staged: StagedTable, name: String) throws(DiagnosticsError) -> DraftTable {
    var table = DraftTable(staged: staged, name: name, columns: [])
    table.entity = reader.entity(ofTable: staged.baseName)
    var names: Set<String> = []
    for (index, column) in staged.columns.enumerated() {
      var header = column.header.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      if header.isEmpty { header = "column_\(index + 1)" }
      let type = type(column, isSample: !staged.isWhole)
      let profile = try profile(index, column, staged, type)
      table.columns.append(
        DraftColumn(
          index: index, header: header, name: Names.unused(Names.identifier(header), &names), type: type,
          reading: reader.read(header, table: table.entity), profile: profile, evidence: column.cleaning.filter { !$0.hasSuffix("not be read") },
          confirm: column.cleaning.filter { $0.hasSuffix("not be read") }))
    }
    return table
  }

  // MARK: Types

  private func type(_ column: StagedTable.Column, isSample: Bool) -> ColumnType {
    if column.declared != nil { return stored(column) }
    let tally = column.tally
    if tally.isEmpty { return .text }
    if tally.isNumber, column.unit != nil { return .decimal(scale: max(2, min(6, tally.mostDecimals))) }
    if tally.isInteger { return .integer }
    if tally.isNumber {
      // Exact as long as it is money-like; a sample may not have seen the longest.
      let scale = tally.mostDecimals + (isSample ? 2 : 0)
      return scale <= 6 && tally.mostDigits + 2 <= 17 ? .decimal(scale: max(scale, 1)) : .real
    }
    if tally.isDay { return .date }
    if tally.isMoment { return .timestamp }
    if tally.isBoolean { return .boolean }
    return .text
  }

  /// In a database, values stay what they are.
  private func stored(_ column: StagedTable.Column) -> ColumnType {
    let tally = column.tally
    let declared = (column.declared ?? "").uppercased()
    let isText = declared.contains("CHAR") || declared.contains("TEXT") || declared.contains("CLOB")
    if tally.isEmpty { return .text }
    if tally.isDay { return .date }
    if tally.isMoment { return .timestamp }
    if isText || !tally.isNumber { return .text }
    return tally.isInteger && !declared.contains("REAL") && !declared.contains("FLOA") && !declared.contains("DOUB") && !declared.contains("DEC")
      && !declared.contains("NUM") ? .integer : .real
  }

  // MARK: Values

  private func profile(_ index: Int, _ column: StagedTable.Column, _ staged: StagedTable, _ type: ColumnType) throws(DiagnosticsError)
    -> ColumnProfile
  {
    var profile = ColumnProfile(rows: staged.sampled, isWhole: staged.isWhole)
    profile.averageLength = column.tally.averageLength
    profile.isPadded = column.tally.padded > 0
    let isNumber = type == .integer || type == .real || { if case .decimal = type { true } else { false } }()
    let value = isNumber ? "CAST(c\(index) AS NUMERIC)" : "c\(index)"
    let sql = """
      WITH g AS MATERIALIZED (SELECT c\(index) v, count(*) n FROM \(staged.stage) WHERE c\(index) IS NOT NULL GROUP BY 1)
      SELECT (SELECT count(*) FROM g), (SELECT sum(n) FROM g), (SELECT min(\(value)) FROM \(staged.stage)),
        (SELECT max(\(value)) FROM \(staged.stage)), v, n FROM g ORDER BY n DESC, v LIMIT \(Profiler.mostValues)
      """
    for row in try scratch.rows(sql) {
      profile.distinct = Int(row[0].number ?? 0)
      profile.nulls = staged.sampled - Int(row[1].number ?? 0)
      if isNumber { (profile.least, profile.most) = (row[2].number, row[3].number) }
      (profile.first, profile.last) = (row[2].plainText, row[3].plainText)
      profile.values.append((row[4].plainText, Int(row[5].number ?? 0)))
    }
    if profile.values.isEmpty { profile.nulls = staged.sampled }
    return profile
  }
}

/// Identifiers for headers and file names.
enum Names {
  /// `Order Quantity` is `order_quantity`, `省/自治区` is `省_自治区`; what can be a name already stays.
  static func identifier(_ text: String) -> String {
    if !text.isEmpty, isName(text) { return text }
    var result = ""
    for character in text {
      if character.unicodeScalars.allSatisfy(isNamePart) { result.append(character) } else if !result.hasSuffix("_") { result.append("_") }
    }
    while result.hasSuffix("_") { result.removeLast() }
    if result.allSatisfy(\.isASCII) { result = result.lowercased() }
    if let first = result.unicodeScalars.first, !isNameStart(first) { result = "c_" + result }
    return result.isEmpty ? "column" : result
  }

  /// The name, with a number behind it if it is taken.
  static func unused(_ name: String, _ taken: inout Set<String>) -> String {
    var result = name
    var number = 2
    while !taken.insert(result.lowercased()).inserted {
      result = name + "_\(number)"
      number += 1
    }
    return result
  }

  static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    return isNameStart(first) && text.unicodeScalars.allSatisfy(isNamePart)
  }

  private static func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.isIdeographic
  }
  private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool { isNameStart(scalar) || ("0"..."9").contains(scalar) }
}
