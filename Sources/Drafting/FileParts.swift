#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import Intake
import Tables

/// Rows of a file, all of them or some.
protocol RowFeed: AnyObject {
  var count: Int { get }
  var isDefect: Bool { get }
  var bytesRead: Int { get }
  /// Whether there are more rows than were given.
  var isSample: Bool { get }
  /// Where the rows of a sample are from, in words.
  var places: String { get }
  /// - Throws: `IntakeFailure`
  func next() throws(IntakeFailure) -> Bool
  func bytes(_ index: Int) -> UnsafeBufferPointer<UInt8>
  /// The fields of the current row.
  var view: RowView { get }
}

/// A file from its start, as far as wanted.
final class WholeFeed: RowFeed {
  private let rows: any InputRows
  private let most: Int
  private(set) var isSample = false

  init(_ rows: any InputRows, until most: Int) { (self.rows, self.most) = (rows, most) }

  var count: Int { rows.count }
  var isDefect: Bool { rows.defect != nil }
  var bytesRead: Int { rows.bytesRead }
  var places: String { "from its beginning" }

  func next() throws(IntakeFailure) -> Bool {
    if rows.bytesRead > most {
      isSample = true
      return false
    }
    return try rows.next()
  }

  func bytes(_ index: Int) -> UnsafeBufferPointer<UInt8> { rows.bytes(index) }
  var view: RowView { rows.view }
}

/// Pieces spread evenly over a large text file, each from the first line break in it on.
final class FilePartsFeed: RowFeed {
  private static let pieces = 48
  private static let length = 1 << 18

  private let path: String
  private let size: Int
  private let separator: Character
  private var index = 0
  private var reader: CSVReader?
  private(set) var bytesRead = 0

  /// Nil for files whose bytes are no text in UTF-8 with a header on top.
  init?(_ path: String, _ table: InputTable, _ size: Int) {
    guard case .delimited(let separator) = table.form.kind, table.form.encoding == nil || table.form.encoding == .utf8 else { return nil }
    (self.path, self.size, self.separator) = (path, size, separator)
  }

  var count: Int { reader?.count ?? 0 }
  var isDefect: Bool { false }
  var isSample: Bool { true }
  var places: String { "from \(Self.pieces) places" }

  func next() throws(IntakeFailure) -> Bool {
    while true {
      if reader == nil {
        guard let piece = nextPiece() else { return false }
        reader = CSVReader(bytes: piece, separator: separator)
      }
      // A piece may begin inside quotes; what cannot be read of it is no row of the sample.
      if (try? reader!.next()) == true { return true }
      reader = nil
    }
  }

  func bytes(_ index: Int) -> UnsafeBufferPointer<UInt8> { reader!.bytes(index) }
  var view: RowView { reader!.view }

  private func nextPiece() -> [UInt8]? {
    while index < Self.pieces {
      defer { index += 1 }
      guard let bytes = FileParts.read(path, at: (size - Self.length) / (Self.pieces - 1) * index, count: Self.length),
        let start = bytes.firstIndex(of: 10), let end = bytes.lastIndex(of: 10), start < end
      else { continue }
      bytesRead += end - start
      return Array(bytes[(start + 1)...end])
    }
    return nil
  }
}

/// Bytes from the middle of a file.
enum FileParts {
  /// Nil if nothing can be read there.
  static func read(_ path: String, at offset: Int, count: Int) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: count)
    let got = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress, count, off_t(offset)) }
    return got > 0 ? Array(bytes.prefix(got)) : nil
  }
}
