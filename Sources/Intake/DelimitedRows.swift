import Tables

/// Rows of a text with a separator.
final class DelimitedRows: InputRows {
  private let reader: CSVReader
  private let decoding: TextDecoding
  private let counter = InputFile.ByteCounter()
  private let width: Int
  private let header: [[UInt8]]
  @exclusivity(unchecked) private(set) var defect: RowDefect?

  var line: Int { reader.line }
  var count: Int { reader.count }
  var bytesRead: Int { counter.bytes }

  /// - Parameter header: the header's fields, to know them when they come again; empty if there is none.
  init(_ file: InputFile, _ separator: Character, encoding: TextEncoding?, width: Int, header: [String]) {
    let decoding = TextDecoding(encoding: encoding, read: file.reading(counter))
    self.decoding = decoding
    self.width = width
    self.header = header.map { Array($0.utf8) }
    reader = CSVReader(separator: separator, isLenient: true) { (buffer) throws(CSVFailure) in try decoding.fill(buffer) }
  }

  func next() throws(IntakeFailure) -> Bool {
    guard try skip() else { return false }
    defect = nil
    let count = reader.count
    if count != width {
      if count < width, reader.endsWithoutLineEnd, width > 1 { throw .cutOff(line: line, fields: count, expected: width) }
      defect = .fieldCount(count, expected: width)
    } else if isHeader {
      defect = .headerAgain
    }
    switch reader.defect {
    case nil: break
    case .nul: defect = .nul
    default: defect = .textBehindQuote
    }
    return true
  }

  /// Moves to the next row without looking at it.
  func skip() throws(IntakeFailure) -> Bool {
    do throws(CSVFailure) { return try reader.next() } catch { throw IntakeFailure(error, decoding) }
  }

  func bytes(_ index: Int) -> UnsafeBufferPointer<UInt8> { reader.bytes(index) }
  var view: RowView { reader.view }
  func isText(_ index: Int) -> Bool { false }

  private var isHeader: Bool {
    guard let first = header.first, !first.isEmpty, reader.bytes(0).elementsEqual(first) else { return false }
    return header.indices.allSatisfy { reader.bytes($0).elementsEqual(header[$0]) }
  }

  /// The first rows of a text, as texts, for guessing. A defect in them is left for the reading to tell.
  static func sample(
    _ head: [UInt8], _ separator: Character, isWhole: Bool, skipping: Int, path: String, most: Int = 1000
  ) throws(IntakeFailure) -> [[String]] {
    let reader = CSVReader.lenient(head, separator)
    var rows: [[String]] = []
    do throws(CSVFailure) {
      while rows.count < most + skipping, try reader.next() { rows.append(reader.fields) }
    } catch {}
    return Array(rows.dropFirst(skipping))
  }
}

extension CSVReader {
  static func lenient(_ bytes: [UInt8], _ separator: Character) -> CSVReader {
    var offset = 0
    return CSVReader(separator: separator, isLenient: true) { (buffer) throws(CSVFailure) in
      let count = min(buffer.count, bytes.count - offset)
      bytes.withUnsafeBufferPointer { _ = buffer.update(fromContentsOf: $0[offset..<offset + count]) }
      offset += count
      return count
    }
  }
}
