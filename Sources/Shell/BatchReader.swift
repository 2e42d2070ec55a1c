import Answers
import CivilTime
import Session
import SourceText

/// Reads the questions of a batch one by one, as they arrive.
struct BatchReader: ~Copyable {
  private var input: LineInput
  private let file: String
  private var kind: BatchKind?
  /// What `today` and `user` lines of a `.questions` file set for the questions under them.
  private var today: Day?
  private var user: String?
  /// Questions of a `.questions` file whose expected rows may still come.
  private var waiting: [BatchItem] = []
  private var isInRows = false
  private var ready: [BatchEntry] = []

  /// - Parameter kind: nil = by the file's ending, else by the first line: `{` opens JSON.
  /// - Throws: `Stop`
  init(path: String, kind: BatchKind? = nil) throws(Stop) {
    input = try LineInput(path: path)
    file = path == "-" ? "standard input" : path
    self.kind = kind ?? BatchKind(path: path)
  }

  /// The next question, or a line that is none; nil at the end.
  mutating func next() -> BatchEntry? {
    while ready.isEmpty, let bytes = input.next() {
      let place = SourcePlace(file: file, line: input.lineNumber)
      switch bytes.text() {
      case .failure(let failure): return notUTF8(bytes, failure, place)
      case .success(let line): if let entry = entry(line, place) { return entry }
      }
    }
    if ready.isEmpty { giveOut() }
    return ready.isEmpty ? nil : ready.removeFirst()
  }

  /// The questions that waited for what is expected of them.
  private mutating func giveOut() {
    ready += waiting.map { .item($0) }
    waiting = []
  }

  private func notUTF8(_ bytes: [UInt8], _ failure: NotUTF8, _ place: SourcePlace) -> BatchEntry {
    let text = String(decoding: bytes, as: UTF8.self)
    let diagnostic = Diagnostic(
      code: "not-utf8", at: place, found: "byte \(failure.offset + 1) is not UTF-8", expected: "text in UTF-8")
    return BatchItem.defect(text, id: kind == .jsonl ? nil : .number(Int64(place.line)), diagnostic)
  }

  private mutating func entry(_ line: String, _ place: SourcePlace) -> BatchEntry? {
    let text = LineReader.trim(line[...])
    if text.isEmpty { return nil }
    let kind = self.kind ?? (text.hasPrefix("{") ? .jsonl : .text)
    self.kind = kind
    switch kind {
    case .jsonl: return BatchItem.json(line, at: place)
    case .text: return text.hasPrefix("#") ? nil : .item(BatchItem(id: .number(Int64(place.line)), turns: [String(text)]))
    case .questions: return block(line, place)
    }
  }

  /// A line of a `.questions` file. Meanings and SQL are `wenshu check`'s business; rows are compared here too.
  private mutating func block(_ line: String, _ place: SourcePlace) -> BatchEntry? {
    guard let read = LineReader.lines(line, file: file).first else { return nil }
    if !read.atMargin {
      if isInRows { for index in waiting.indices { waiting[index].rows?.append(read.text) } }
      return nil
    }
    isInRows = false
    let (word, rest) = QuestionsFile.split(read.text)
    func bad(_ expected: String) -> BatchEntry {
      BatchItem.defect(read.text, Diagnostic(code: "bad-questions-line", at: place, found: read.text, expected: expected))
    }
    switch word {
    case "today":
      giveOut()
      guard let day = Day(iso: rest) else { return after(bad("a day such as 2026-11-01")) }
      today = day
    case "user":
      giveOut()
      user = rest.isEmpty || rest == "-" ? nil : rest
    case "rows":
      isInRows = true
      for index in waiting.indices { waiting[index].rows = [] }
    case "?", "then":
      // Wordings of one question stand under one another; what is expected is expected of all of them.
      if word == "then" || waiting.contains(where: { $0.rows != nil || $0.isClosed || $0.follows }) { giveOut() }
      waiting.append(
        BatchItem(id: .number(Int64(place.line)), turns: [rest], today: today, user: user, follows: word == "then"))
      // Without a block under it, a question is answered as soon as it is read.
      if kind != .questions { giveOut() }
    case "=>", "sql": for index in waiting.indices { waiting[index].isClosed = true }
    default:
      giveOut()
      return after(bad(QuestionsFile.lineStarts))
    }
    return ready.isEmpty ? nil : ready.removeFirst()
  }

  /// In its place among the questions before it.
  private mutating func after(_ entry: BatchEntry) -> BatchEntry {
    ready.append(entry)
    return ready.removeFirst()
  }
}
