import CivilTime
import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Rows of one sheet. Dates come as ISO writes them, whatever their format; numbers with the fifteen digits Excel counts with.
///
/// Blank rows are left out; empty cells at the end of a row are there.
final class SheetRows: InputRows {
  private let stream: ZipStream
  private let reading: XMLReading
  private let sheet: SheetParser
  private var current = 0
  private let width: Int
  private let header: [String]
  private let names: [String]
  private(set) var defect: RowDefect?
  private(set) var line = 0
  private(set) var count = 0
  private let merges: [Int: [SheetMerge]]
  private var held: [Int: [UInt8]] = [:]
  private var cells = CellRow()

  var bytesRead: Int { stream.bytesRead }

  /// - Parameters:
  ///   - width: fields of a row, 0 if not known yet.
  ///   - merges: cells merged downwards, by column; the rows below the first get its value.
  ///   - names: of the columns, for messages.
  init(
    _ book: Workbook, part: String, width: Int, header: [String], names: [String] = [], merges: [SheetMerge] = []
  ) throws(IntakeFailure) {
    stream = try book.archive.stream(part)
    sheet = SheetParser(book)
    reading = try XMLReading(stream, sheet)
    (self.width, self.header, self.names) = (width, header, names)
    self.merges = Dictionary(grouping: merges, by: \.column)
  }

  func bytes(_ index: Int) -> UnsafeBufferPointer<UInt8> { cells.bytes(index) }
  func isText(_ index: Int) -> Bool { cells.isText(index) }
  var view: RowView { cells.view }

  func next() throws(IntakeFailure) -> Bool {
    while true {
      while current >= sheet.rows.count {
        sheet.forget()
        current = 0
        if let reason = sheet.excess { throw .workbook(.damaged(part: stream.name, reason: reason)) }
        if try !reading.more(), sheet.rows.isEmpty { return false }
      }
      let row = sheet.rows[current]
      current += 1
      if take(row) { return true }
    }
  }

  /// Puts the cells of a row where they belong; false for a row without any value.
  private func take(_ row: SheetParser.Row) -> Bool {
    line = row.number
    defect = nil
    let furthest = row.cells.reduce(0) { max($0, sheet.cells[$1].column + 1) }
    count = max(width, furthest)
    cells.start(count)
    var isBlank = true
    for index in row.cells {
      let cell = sheet.cells[index]
      if cell.bytes.isEmpty { continue }
      isBlank = false
      cells.set(cell.column, sheet.bytes(cell), isText: cell.isText)
    }
    if isBlank && row.bareFormula == nil { return false }
    if !merges.isEmpty { fillMerged() }
    if width > 0, furthest > width {
      defect = .fieldCount(furthest, expected: width)
    } else if !header.isEmpty, header.indices.allSatisfy({ cells.bytes($0).elementsEqual(header[$0].utf8) }) {
      defect = .headerAgain
    } else if let column = row.bareFormula {
      defect = .formulaWithoutValue(column: names.indices.contains(column) ? names[column] : "\(column + 1)")
    }
    return true
  }

  private func fillMerged() {
    for (column, list) in merges where column < count {
      guard let merge = list.first(where: { $0.rows.contains(line) }) else { continue }
      if line == merge.rows.lowerBound { held[column] = Array(cells.bytes(column)) } else if let held = held[column], cells.bytes(column).isEmpty {
        held.withUnsafeBufferPointer { cells.set(column, $0, isText: false) }
      }
    }
  }
}

/// Cells of one column that are merged over several rows.
struct SheetMerge: Hashable {
  var column: Int
  var rows: ClosedRange<Int>
}

/// Turns the events of a sheet's XML into rows.
final class SheetParser: XMLHandling {
  struct Cell {
    var column: Int
    var bytes: Range<Int>
    var isText: Bool
  }
  struct Row {
    var number: Int
    var cells: Range<Int>
    /// A column with a formula and no value.
    var bareFormula: Int?
  }

  private(set) var rows: [Row] = []
  private(set) var cells: [Cell] = []
  private var values = GrowingBytes(capacity: 1 << 16)
  private let book: Workbook
  private enum Kind { case number, shared, text, boolean, error, date }

  private var rowNumber = 0
  /// Rows of cells before this one are finished.
  private var firstCell = 0
  private var column = -1
  private var kind = Kind.number
  private var isDate = false
  private var isValue = false
  private var isInline = false
  private var isPhonetic = false
  private var start = 0
  private var hasFormula = false
  private var bareFormula: Int?
  /// What is beyond all that Excel writes: it would be copied from block to block, and never end.
  private(set) var excess: String?
  /// Excel's own limit is 32,767 characters, and 16,384 columns.
  private static let (mostBytes, mostCells) = (1 << 20, 1 << 15)

  init(_ book: Workbook) { self.book = book }

  func bytes(_ cell: Cell) -> UnsafeBufferPointer<UInt8> { values[cell.bytes] }

  /// Forgets the finished rows; what belongs to a row that is not finished stays.
  func forget() {
    rows.removeAll(keepingCapacity: true)
    var kept: [(Cell, [UInt8])] = cells[firstCell...].map { ($0, Array(values[$0.bytes])) }
    let partial = Array(values[start..<max(start, values.count)])
    values.removeAll()
    cells.removeAll(keepingCapacity: true)
    firstCell = 0
    for index in kept.indices {
      let from = values.count
      kept[index].1.withUnsafeBufferPointer { values.append($0) }
      kept[index].0.bytes = from..<values.count
      cells.append(kept[index].0)
    }
    start = values.count
    if isValue || isInline { partial.withUnsafeBufferPointer { values.append($0) } }
  }

  func start(_ name: XMLName, _ attributes: XMLAttributes) {
    if name == "c" {
      startCell(attributes)
    } else if name == "v" {
      (isValue, start) = (true, values.count)
      hasFormula = false
    } else if name == "f" {
      hasFormula = true
    } else if name == "is" {
      (isInline, start) = (true, values.count)
    } else if name == "t" {
      isValue = isInline && !isPhonetic
    } else if name == "rPh" {
      isPhonetic = true
    } else if name == "row" {
      rowNumber = attributes.int("r") ?? rowNumber + 1
      column = -1
      firstCell = cells.count
      bareFormula = nil
    }
  }

  private func startCell(_ attributes: XMLAttributes) {
    column = attributes.value("r").flatMap { SheetParser.column($0) } ?? column + 1
    isDate = attributes.int("s").map { book.dates.isDate($0) } ?? false
    switch attributes.text("t") {
    case "s": kind = .shared
    case "str", "inlineStr": kind = .text
    case "b": kind = .boolean
    case "e": kind = .error
    case "d": kind = .date
    default: kind = .number
    }
    start = values.count
    hasFormula = false
  }

  func end(_ name: XMLName) {
    if name == "v" {
      isValue = false
      finishValue()
    } else if name == "t" {
      isValue = false
    } else if name == "is" {
      isInline = false
      add(start..<values.count, isText: true)
    } else if name == "rPh" {
      isPhonetic = false
    } else if name == "c" {
      if hasFormula { bareFormula = bareFormula ?? column }
    } else if name == "row" {
      rows.append(Row(number: rowNumber, cells: firstCell..<cells.count, bareFormula: bareFormula))
      firstCell = cells.count
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard isValue else { return }
    if values.count - start > SheetParser.mostBytes { excess = "a cell of more than 1 MB" } else { values.append(bytes) }
  }

  private func add(_ bytes: Range<Int>, isText: Bool) {
    guard column >= 0, column < 16_384 else { return }
    if cells.count - firstCell > SheetParser.mostCells {
      excess = "a row of more cells than a sheet has columns"
      return
    }
    cells.append(Cell(column: column, bytes: bytes, isText: isText))
  }

  private func finishValue() {
    let raw = values[start..<values.count]
    switch kind {
    case .text, .error, .date: add(start..<values.count, isText: kind == .text)
    case .shared:
      guard let index = Int(String(decoding: raw, as: UTF8.self)), let text = book.texts.text(index) else { return }
      replace(with: text)
      add(start..<values.count, isText: true)
    case .boolean:
      replace(with: raw.first == 49 ? "true" : "false")
      add(start..<values.count, isText: false)
    case .number:
      if isDate, let text = SheetParser.moment(raw, is1904: book.is1904) { replace(with: text) } else if raw.count > 15 {
        replace(with: SheetParser.rounded(raw))
      }
      add(start..<values.count, isText: false)
    }
  }

  private func replace(with bytes: UnsafeBufferPointer<UInt8>) {
    start = values.count
    values.append(bytes)
  }

  private func replace(with text: String) {
    var text = text
    text.withUTF8 { replace(with: $0) }
  }

  /// 27 of `AB12`, counted from 0.
  private static func column(_ reference: UnsafePointer<CChar>) -> Int? {
    var (column, place) = (0, reference)
    while place.pointee >= 65, place.pointee <= 90, column < 20_000 {
      column = column * 26 + Int(place.pointee) - 64
      place += 1
    }
    return column == 0 ? nil : column - 1
  }

  /// What a number shown as a date is: `2024-01-05`, `2024-01-05 08:30:00`, `08:30:00`; nil if it is none.
  static func moment(_ bytes: UnsafeBufferPointer<UInt8>, is1904: Bool) -> String? {
    guard let value = Double(String(decoding: bytes, as: UTF8.self)), value >= 0, value < 2_958_466 else { return nil }
    var whole = Int(value)
    var seconds = Int(((value - Double(whole)) * 86_400).rounded())
    if seconds == 86_400 { (whole, seconds) = (whole + 1, 0) }
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let clock = "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    if whole == 0, !is1904 { return clock }
    let first = is1904 ? Day(unchecked: 1904, 1, 1) : Day(unchecked: 1899, 12, whole < 60 ? 31 : 30)
    let day = first.adding(days: whole).description
    return seconds == 0 ? day : day + " " + clock
  }

  /// A number with at most fifteen digits: 19.989999999999998 is 19.99 in Excel too.
  static func rounded(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let value = Double(text), value.isFinite else { return text }
    var space = [CChar](repeating: 0, count: 64)
    let count = withVaList([value]) { vsnprintf(&space, space.count, "%.15g", $0) }
    let made = String(decoding: space[..<Int(count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return made
  }
}
