import CivilTime
import Tables

/// The sheets of an Excel workbook, its shared texts and which of its number formats are dates.
final class Workbook {
  let archive: ZipArchive
  private(set) var sheets: [(name: String, part: String, isHidden: Bool)] = []
  private(set) var dates = DateStyles()
  /// Whether day 0 is 1 January 1904, as old Macs counted.
  private(set) var is1904 = false
  private(set) lazy var texts = SharedTexts()

  /// - Throws: `IntakeFailure`: a zip archive that is no workbook, a damaged part.
  init(_ file: InputFile) throws(IntakeFailure) {
    archive = try ZipArchive(file)
    guard archive.entries["xl/workbook.xml"] != nil else { throw .kind(.zip) }
    let contents = Contents()
    try XMLReading(try archive.stream("xl/workbook.xml"), contents).all()
    let links = Links()
    try XMLReading(try archive.stream("xl/_rels/workbook.xml.rels"), links).all()
    is1904 = contents.is1904
    for sheet in contents.sheets {
      guard let target = links.targets[sheet.id] else { continue }
      let part = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
      if part.contains("worksheets/") { sheets.append((sheet.name, part, sheet.isHidden)) }
    }
    if archive.entries["xl/styles.xml"] != nil { try XMLReading(try archive.stream("xl/styles.xml"), dates).all() }
    if archive.entries["xl/sharedStrings.xml"] != nil {
      try XMLReading(try archive.stream("xl/sharedStrings.xml"), texts).all()
      if texts.isTooLarge { throw .workbook(.damaged(part: "xl/sharedStrings.xml", reason: "texts of more than 1 GB")) }
    }
  }

  /// `xl/workbook.xml`
  private final class Contents: XMLHandling {
    var sheets: [(name: String, id: String, isHidden: Bool)] = []
    var is1904 = false

    func start(_ name: XMLName, _ attributes: XMLAttributes) {
      if name == "sheet", let title = attributes.text("name"), let id = attributes.text("id") {
        sheets.append((title, id, (attributes.text("state") ?? "visible") != "visible"))
      } else if name == "workbookPr" {
        is1904 = ["1", "true", "on"].contains(attributes.text("date1904") ?? "")
      }
    }
    func end(_ name: XMLName) {}
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
  }

  /// `xl/_rels/workbook.xml.rels`
  private final class Links: XMLHandling {
    var targets: [String: String] = [:]

    func start(_ name: XMLName, _ attributes: XMLAttributes) {
      if name == "Relationship", let id = attributes.text("Id"), let target = attributes.text("Target") { targets[id] = target }
    }
    func end(_ name: XMLName) {}
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
  }
}

/// The texts that cells refer to by number, one behind the other.
final class SharedTexts: XMLHandling {
  private var bytes = GrowingBytes(capacity: 1 << 16)
  private var ends: [Int] = []
  private var isText = false
  /// Inside the reading aid of a Japanese or Chinese word, which is no part of it.
  private var isPhonetic = false
  private(set) var isTooLarge = false

  func text(_ index: Int) -> UnsafeBufferPointer<UInt8>? {
    guard ends.indices.contains(index) else { return nil }
    return bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  func start(_ name: XMLName, _ attributes: XMLAttributes) {
    if name == "t" { isText = !isPhonetic } else if name == "rPh" { isPhonetic = true }
  }

  func end(_ name: XMLName) {
    if name == "t" { isText = false } else if name == "rPh" { isPhonetic = false } else if name == "si" { ends.append(bytes.count) }
  }

  func text(_ text: UnsafeBufferPointer<UInt8>) {
    guard isText else { return }
    if bytes.count > 1 << 30 { isTooLarge = true } else { bytes.append(text) }
  }
}

/// Which styles of cells show a number as a date: `xl/styles.xml`.
final class DateStyles: XMLHandling {
  private var custom: Set<Int> = []
  private var styles: [Bool] = []
  private var isInCells = false

  func isDate(_ style: Int) -> Bool { styles.indices.contains(style) && styles[style] }

  func start(_ name: XMLName, _ attributes: XMLAttributes) {
    if name == "numFmt", let id = attributes.int("numFmtId"), let code = attributes.text("formatCode") {
      if DateStyles.isDate(code) { custom.insert(id) }
    } else if name == "cellXfs" {
      isInCells = true
    } else if isInCells, name == "xf" {
      let id = attributes.int("numFmtId") ?? 0
      styles.append(custom.contains(id) || DateStyles.builtIn(id))
    }
  }

  func end(_ name: XMLName) { if name == "cellXfs" { isInCells = false } }
  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}

  /// Formats that every Excel has: 27 to 36 and 50 to 58 are the dates of Chinese and Japanese ones. 46 is a span of time.
  private static func builtIn(_ id: Int) -> Bool {
    (14...22).contains(id) || (27...36).contains(id) || (50...58).contains(id) || id == 45 || id == 47
  }

  /// `yyyy/m/d`, `yyyy"年"m"月"`: a letter of a date outside quotes and brackets; `[h]:mm` is a span of time.
  static func isDate(_ code: String) -> Bool {
    var rest = code.lowercased().split(separator: ";", omittingEmptySubsequences: false).first ?? ""
    while let character = rest.popFirst() {
      switch character {
      case "\"": rest = rest.drop { $0 != "\"" }.dropFirst()
      case "\\", "_", "*": rest = rest.dropFirst()
      case "[":
        let inner = rest.prefix { $0 != "]" }
        rest = rest.dropFirst(inner.count + 1)
        if let first = inner.first, inner.allSatisfy({ $0 == first }), "hms".contains(first) { return false }
      case "y", "m", "d", "h", "s": return true
      default: break
      }
    }
    return false
  }
}
