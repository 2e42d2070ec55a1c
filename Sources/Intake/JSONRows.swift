import Tables

/// Rows of JSON objects: one a line, or the elements of one array.
///
/// An object inside an object gives columns with a dot (`buyer.city`); an array stays as it is written. A missing key
/// and null are empty fields.
final class JSONRows: InputRows {
  private let lines: LineSource
  private let counter = InputFile.ByteCounter()
  private(set) var columns: [String] = []
  /// Whether keys that are new become columns, for finding out what there is.
  private let isOpen: Bool
  private var places: [String: Int] = [:]
  private var cells = CellRow()
  private(set) var defect: RowDefect?
  private(set) var line = 0
  private var isArray: Bool?
  /// Whether each object stands on a line of its own, as the first one did.
  private var isByLine = true

  var count: Int { columns.count }
  var raw: String? {
    guard case .notJSON? = defect else { return nil }
    let text = String(decoding: lines.bytes.all, as: UTF8.self)
    return String(text[..<(text.lastIndex { !$0.isNewline }.map { text.index(after: $0) } ?? text.startIndex)])
  }
  var bytesRead: Int { counter.bytes }

  init(_ file: InputFile, encoding: TextEncoding?, columns: [String], isOpen: Bool) {
    lines = LineSource(TextDecoding(encoding: encoding, read: file.reading(counter)))
    self.isOpen = isOpen
    for name in columns { add(name) }
  }

  private func add(_ name: String) {
    places[name] = columns.count
    columns.append(name)
  }

  func bytes(_ index: Int) -> UnsafeBufferPointer<UInt8> { cells.bytes(index) }
  func isText(_ index: Int) -> Bool { cells.isText(index) }
  var view: RowView { cells.view }

  func next() throws(IntakeFailure) -> Bool {
    defect = nil
    while try lines.next() {
      line = lines.line
      if isArray == nil { isArray = lines.bytes.all.first { $0 > 32 } == UInt8(ascii: "[") }
      // Brackets and commas of an array of objects, at the ends of lines.
      if lines.bytes.all.allSatisfy({ $0 <= 32 || (isArray! && "[],".utf8.contains($0)) }) { continue }
      if let problem = try parsed() { defect = .notJSON(problem) }
      return true
    }
    return false
  }

  /// Parses the object on this line and, if objects take several, the next ones; gives what is wrong with it.
  private func parsed() throws(IntakeFailure) -> String? {
    while true {
      cells.start(columns.count)
      var parser = JSONObjectParser(lines.bytes.all, from: start)
      var newKey: String?
      let end = parser.parse { [self] key, value, isText in
        guard let place = place(of: key) else {
          newKey = key
          return
        }
        cells.set(place, value, isText: isText)
      }
      switch end {
      case .complete(let rest):
        if let newKey { defect = .newKey(newKey) }
        return lines.keep(from: rest, isArray: isArray == true)
          ? nil : "text behind the object"
      case .cut(let reason):
        // Over the line end only if objects of this file are written so; else one bad line would swallow the file.
        if lines.objects > 0 && isByLine { return reason }
        guard try lines.more() else { return reason }
        isByLine = false
      case .wrong(let reason): return reason
      }
    }
  }

  /// Where the object starts: behind `[` or `,` of an array.
  private var start: Int {
    let all = lines.bytes.all
    return all.firstIndex { $0 > 32 && !(isArray == true && "[,".utf8.contains($0)) } ?? 0
  }

  private func place(of key: String) -> Int? {
    if let place = places[key] { return place }
    guard isOpen else { return nil }
    add(key)
    cells.widen(columns.count)
    return columns.count - 1
  }
}

/// The fields of one row, set in any order.
struct CellRow: ~Copyable {
  private var values = GrowingBytes()
  private var fields = RowFields()

  mutating func start(_ count: Int) {
    values.removeAll()
    fields.removeAll()
    widen(count)
  }

  mutating func widen(_ count: Int) {
    while fields.count < count { fields.append(FieldPlace(start: 0, end: 0, isQuoted: false)) }
  }

  mutating func set(_ index: Int, _ bytes: UnsafeBufferPointer<UInt8>, isText: Bool) {
    let start = values.count
    values.append(bytes)
    fields[index] = FieldPlace(start: start, end: values.count, isQuoted: isText)
  }

  var view: RowView { fields.view(values) }
  func bytes(_ index: Int) -> UnsafeBufferPointer<UInt8> { view[index] }
  func isText(_ index: Int) -> Bool { fields[index].isQuoted }
}

/// Lines of a decoded text.
final class LineSource {
  var bytes = GrowingBytes()
  private(set) var line = 0
  /// Objects that were found whole.
  private(set) var objects = 0
  private let decoding: TextDecoding
  private let block = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 18)
  private var (position, filled) = (0, 0)
  private var nextLine = 1
  private var kept: [UInt8] = []

  private static let longest = 64 << 20

  init(_ decoding: TextDecoding) { self.decoding = decoding }
  deinit { block.deallocate() }

  /// Moves to the next line, or to what was kept of the last.
  func next() throws(IntakeFailure) -> Bool {
    bytes.removeAll()
    if !kept.isEmpty {
      kept.withUnsafeBufferPointer { bytes.append($0) }
      kept = []
      return true
    }
    line = nextLine
    return try more()
  }

  /// Appends the next line to this one.
  func more() throws(IntakeFailure) -> Bool {
    let before = bytes.count
    while true {
      if position >= filled {
        do throws(CSVFailure) { filled = try decoding.fill(block) } catch { throw IntakeFailure(error, decoding) }
        position = 0
        if filled == 0 { return bytes.count > before }
      }
      let rest = UnsafeBufferPointer(rebasing: block[position..<filled])
      let end = rest.firstIndex(of: 10)
      bytes.append(UnsafeBufferPointer(rebasing: rest[0..<(end ?? rest.count)]))
      position += end.map { $0 + 1 } ?? rest.count
      if bytes.count > LineSource.longest { throw .notJSON(line: line, reason: "an object of more than 64 MB") }
      if end != nil {
        nextLine += 1
        bytes.append(10)
        try check()
        return true
      }
    }
  }

  private func check() throws(IntakeFailure) {
    if (try? UTF8Span(validating: bytes.all.span)) == nil {
      throw .mixedEncodings(line: nextLine - 1, encoding: decoding.encoding ?? .utf8)
    }
  }

  /// Keeps what stands behind an object for the next call; false if it is neither nothing nor another object.
  func keep(from rest: Int, isArray: Bool) -> Bool {
    objects += 1
    let behind = bytes.all[rest...]
    guard let first = behind.firstIndex(where: { $0 > 32 }) else { return true }
    let isMore = isArray ? "],".utf8.contains(behind[first]) : behind[first] == UInt8(ascii: "{")
    if isMore { kept = Array(behind[first...]) }
    return isMore
  }
}
