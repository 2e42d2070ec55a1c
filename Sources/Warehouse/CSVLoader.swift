import GRDB
import Intake
import Metrics
import SQLText
import SourceText
import Tables

/// Loads one CSV file into one table.
struct CSVLoader {
  let table: Table
  /// For messages.
  let name: String
  let path: String

  /// After so many defects in one file the rest is not worth reading.
  private static let mostDefects = 20

  /// Makes the table and fills it; defects are added, and the hash takes in every value.
  /// - Throws: `DatabaseError`
  func load(into db: GRDB.Database, _ hash: inout Fingerprint, _ defects: inout [Diagnostic]) throws {
    try db.execute(sql: "CREATE TABLE \(SQLiteDialect.name(table.name)) (\(columnList))")
    do throws(CSVFailure) {
      let reader = try CSVReader(path: path)
      guard try reader.next() else { return defects.append(defect(1, 1, "an empty file", "a header row")) }
      guard let places = places(reader, &defects) else { return }
      try fill(reader, places, db, &hash, &defects)
    } catch {
      defects.append(defect(error))
    }
  }

  private var columnList: String {
    table.columns.map { "\(SQLiteDialect.name($0.physicalName)) \($0.type.storage)" }.joined(separator: ", ")
  }

  /// Where each column stands in the file; nil if one is missing.
  private func places(_ reader: CSVReader, _ defects: inout [Diagnostic]) -> [Int]? {
    let header = reader.fields.map { $0.split(whereSeparator: { $0 == " " || $0 == "\t" }).joined(separator: " ") }
    var places: [Int] = []
    let before = defects.count
    for column in table.columns {
      if let place = reader.fields.firstIndex(of: column.physicalName) ?? header.firstIndex(of: column.physicalName) {
        places.append(place)
      } else {
        let near = NearMiss.nearest(to: column.physicalName, among: header)
        defects.append(
          defect(
            1, 1, "no column \(column.physicalName)", "a header with it, as tables.yaml says",
            near.isEmpty ? "" : "did you mean \(near.joined(separator: ", "))?"))
      }
    }
    return defects.count == before ? places : nil
  }

  private func fill(
    _ reader: CSVReader, _ places: [Int], _ db: GRDB.Database, _ hash: inout Fingerprint, _ defects: inout [Diagnostic]
  ) throws(CSVFailure) {
    let width = reader.count
    let parsers = table.columns.map { ValueParsing(type: $0.type, trim: $0.trim) }
    let forms = table.columns.map { column in 
      column.format == nil && column.cleaning.isEmpty ? nil : ValueReader(type: column.type, format: column.format, cleaning: column.cleaning)
    }
    let inserting: RowInserting
    do { inserting = try RowInserting(table: table, db) } catch {
      return defects.append(defect(1, 1, String(describing: error), ""))
    }
    let before = defects.count
    while try reader.next() {
      if defects.count - before >= CSVLoader.mostDefects { return }
      guard reader.count == width else {
        defects.append(defect(reader.line, 1, "\(reader.count) fields", "\(width), as in the header"))
        continue
      }
      for (index, place) in places.enumerated() {
        let bytes = reader.bytes(place)
        hash.add(bytes)
        let cell = forms[index].map { $0.cell(bytes) } ?? parsers[index].cell(bytes)
        if let cell { inserting.bind(cell, at: index) } else {
          let text = "\(table.columns[index].name) = \(reader.text(place))"
          defects.append(defect(reader.line, column(of: place, reader), text, forms[index]?.expected ?? parsers[index].expected))
        }
      }
      if defects.count == before, let failure = inserting.insert() {
        return defects.append(defect(reader.line, 1, failure, ""))
      }
    }
  }

  /// The character at which a field starts, as far as quotes let it be told.
  private func column(of place: Int, _ reader: CSVReader) -> Int {
    (0..<place).reduce(1) { $0 + reader.text($1).count + (reader.isQuoted($1) ? 3 : 1) }
  }

  private func defect(_ line: Int, _ column: Int, _ found: String, _ expected: String, _ hint: String = "") -> Diagnostic {
    Diagnostic(
      code: "bad-data", at: SourcePlace(file: name, line: line, column: column), found: found, expected: expected,
      hint: hint)
  }

  private func defect(_ failure: CSVFailure) -> Diagnostic {
    switch failure {
    case .cannotRead(_, let reason): defect(1, 1, reason, "a file that can be read")
    case .openQuote(let line): defect(line, 1, "a quote that is never closed", "\"")
    case .textBehindQuote(let line): defect(line, 1, "text behind a closing quote", "a comma or the end of the line")
    case .notUTF8(let line): defect(line, 1, "bytes that are not UTF-8", "a file in UTF-8")
    case .nul(let line): defect(line, 1, "a byte 0", "a text")
    }
  }
}

extension ValueReader {
  /// The value; nil if the text is none of the type.
  fileprivate func cell(_ bytes: UnsafeBufferPointer<UInt8>) -> Cell? {
    switch read(bytes) {
    case .null: .null
    case .integer(let value): .integer(value)
    case .real(let value): .real(value)
    case .text(let text): .text(String(decoding: text, as: UTF8.self))
    case .bad: nil
    }
  }
}
