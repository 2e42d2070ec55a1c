import CWorkbook

/// Writes zip archives and small workbooks for tests.
struct WorkbookWriter {
  private(set) var bytes: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  mutating func add(_ name: String, _ text: String, lie: Int = 0, method: Int = 8) { add(name, Array(text.utf8), lie: lie, method: method) }

  /// - Parameter lie: how much more than the truth the directory says is in the part.
  mutating func add(_ name: String, _ content: [UInt8], lie: Int = 0, method: Int = 8) {
    let packed = method == 0 ? content : WorkbookWriter.deflated(content)
    let sum = content.withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) }
    let start = bytes.count
    let fields = int(method, 2) + int(0, 4) + int(Int(sum), 4) + int(packed.count, 4) + int(content.count + lie, 4) + int(name.utf8.count, 2)
    bytes += [0x50, 0x4B, 3, 4] + int(20, 2) + int(0, 2) + fields + int(0, 2) + Array(name.utf8) + packed
    directory += [0x50, 0x4B, 1, 2] + int(20, 2) + int(20, 2) + int(0, 2) + fields + int(0, 2) + int(0, 2) + int(0, 2) + int(0, 2) + int(0, 4)
    directory += int(start, 4) + Array(name.utf8)
    count += 1
  }

  var archive: [UInt8] {
    bytes + directory + [0x50, 0x4B, 5, 6] + int(0, 4) + int(count, 2) + int(count, 2) + int(directory.count, 4) + int(bytes.count, 4) + int(0, 2)
  }

  private func int(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }

  private static func deflated(_ content: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    deflateInit2_(&stream, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    defer { deflateEnd(&stream) }
    var packed = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(content.count))))
    var input = content
    input.withUnsafeMutableBufferPointer { from in
      packed.withUnsafeMutableBufferPointer { to in
        (stream.next_in, stream.avail_in) = (from.baseAddress, UInt32(from.count))
        (stream.next_out, stream.avail_out) = (to.baseAddress, UInt32(to.count))
        deflate(&stream, Z_FINISH)
      }
    }
    return Array(packed[..<Int(stream.total_out)])
  }

  /// A workbook of sheets given as the XML inside `sheetData` (and what follows it).
  static func workbook(_ sheets: [(name: String, rows: String)], shared: [String] = [], is1904: Bool = false, attributes: String = "") -> [UInt8] {
    var zip = WorkbookWriter()
    let list = sheets.enumerated().map { "<sheet name=\"\($1.name)\" sheetId=\"\($0 + 1)\" r:id=\"rId\($0 + 1)\" \(attributes)/>" }
    zip.add("xl/workbook.xml", "<workbook xmlns:r=\"r\"><workbookPr\(is1904 ? " date1904=\"1\"" : "")/><sheets>\(list.joined())</sheets></workbook>")
    let links = sheets.indices.map { "<Relationship Id=\"rId\($0 + 1)\" Target=\"worksheets/sheet\($0 + 1).xml\"/>" }
    zip.add("xl/_rels/workbook.xml.rels", "<Relationships>\(links.joined())</Relationships>")
    // 1 is a built-in date, 2 one of its own, 3 an amount, 4 a span of time.
    zip.add(
      "xl/styles.xml",
      """
      <styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/>\
      <numFmt numFmtId="165" formatCode="&quot;day&quot;#,##0.00"/><numFmt numFmtId="166" formatCode="[h]:mm"/></numFmts>\
      <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/>\
      <xf numFmtId="165"/><xf numFmtId="166"/></cellXfs></styleSheet>
      """)
    zip.add("xl/sharedStrings.xml", "<sst>" + shared.map { "<si>\($0)</si>" }.joined() + "</sst>")
    for (index, sheet) in sheets.enumerated() {
      let parts = sheet.rows.split(separator: "||", omittingEmptySubsequences: false)
      zip.add("xl/worksheets/sheet\(index + 1).xml", "<worksheet><sheetData>\(parts[0])</sheetData>\(parts.dropFirst().joined())</worksheet>")
    }
    return zip.archive
  }
}
