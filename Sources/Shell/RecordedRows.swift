import Answers
import Session
import SourceText
import Terminal

/// `wenshu batch FILE.questions --record`: the rows of the answers written under the questions, as what is expected of them
/// from now on. Everything else in the file stays as it is, comments too; the file is written whole or not at all.
struct RecordedRows {
  private let file: String
  private let text: String
  private let blocks: [Block]
  /// More rows than this are no longer something a person reads over.
  static let mostRows = 1000

  /// What was changed: where, the question, and the lines out (`-`) and in (`+`).
  struct Change: Hashable {
    var line: Int
    var question: String
    var lines: [String]
  }

  /// One meaning in the file: wordings under one another, what is said of it, and its rows.
  private struct Block {
    /// The numbers of the lines with its wordings, from 1; a `then` has one.
    var asked: [Int] = []
    var question = ""
    /// There is a `=>` or `sql`, which stands for all its wordings.
    var isSaid = false
    /// `=> …`, where it says that there is no number.
    var isWithout = false
    /// Something is said of it, so that a further question is another one, no wording of it.
    var isClosed = false
    /// The last line that is part of it.
    var end = 0
    /// The line `rows`, and the lines of the rows under it.
    var rowsLine: Int?
    var rows: [(line: Int, text: String)] = []
  }

  /// - Throws: `Stop` for a file that cannot be read.
  init(file: String) throws(Stop) {
    do { text = try SourceFile.read(file) } catch { throw Stop(error.description) }
    self.file = file
    var blocks: [Block] = []
    var isInRows = false
    for line in LineReader.lines(text, file: file) {
      let number = line.place.line
      if !line.atMargin {
        if blocks.isEmpty { continue }
        blocks[blocks.count - 1].end = number
        if isInRows { blocks[blocks.count - 1].rows.append((number, line.text)) }
        continue
      }
      isInRows = false
      let word = line.text.prefix { $0 != " " }
      switch word {
      case "?", "then":
        let isWording = word == "?" && blocks.last.map { !$0.isClosed } == true
        if !isWording { blocks.append(Block(question: String(LineReader.trim(line.text.dropFirst(word.count))))) }
        blocks[blocks.count - 1].asked.append(number)
        if word == "then" { blocks[blocks.count - 1].isClosed = true }
      case "rows":
        isInRows = true
        if blocks.isEmpty { continue }
        blocks[blocks.count - 1].rowsLine = number
        blocks[blocks.count - 1].isClosed = true
      case "=>", "sql":
        if blocks.isEmpty { continue }
        blocks[blocks.count - 1].isClosed = true
        blocks[blocks.count - 1].isSaid = true
        let said = LineReader.trim(line.text.dropFirst(2))
        if word == "=>", ["not-understood", "unclear", "refused"].contains(where: { said.hasPrefix($0) }) {
          blocks[blocks.count - 1].isWithout = true
        }
      default:
        // `today` and `user` hold for what comes after them.
        if !blocks.isEmpty { blocks[blocks.count - 1].isClosed = true }
        continue
      }
      blocks[blocks.count - 1].end = number
    }
    self.blocks = blocks
  }

  /// The file with the rows of these answers, by the line that each was asked in; what was changed, and why nothing may be.
  func recorded(_ answers: [Int: Answer]) -> (text: String, changes: [Change], faults: [String]) {
    var (changes, faults): ([Change], [String]) = ([], [])
    var insertions: [Int: [String]] = [:]
    var dropped = Set<Int>()
    for block in blocks.flatMap({ parts($0, answers) }) where !block.isWithout {
      let asked = block.asked.compactMap { answers[$0] }
      guard let first = asked.first else { continue }
      if let fault = fault(block, asked) {
        faults.append("\(file):\(block.asked[0]): “\(block.question)” \(fault)")
        continue
      }
      let now = first.rows.map(ExpectedRows.text)
      guard block.rowsLine == nil || ExpectedRows.difference(block.rows.map(\.text), first) != nil else { continue }
      let before = block.rows.map(\.text)
      let differing = ExpectedRows.difference(before, first) ?? []
      changes.append(Change(line: block.asked[0], question: block.question, lines: block.rowsLine == nil ? now.map { "+ " + $0 } : differing))
      dropped.formUnion(block.rows.map(\.line))
      let lines = now.map { "  " + $0 }
      if let line = block.rowsLine { insertions[line] = lines } else { insertions[block.end] = ["rows"] + lines }
    }
    return (rewritten(insertions, dropped), changes, faults)
  }

  /// Questions under one another that nothing is said of yet may be wordings of one meaning, or a list of several: by what
  /// they were taken to mean.
  private func parts(_ block: Block, _ answers: [Int: Answer]) -> [Block] {
    if block.asked.count < 2 || block.rowsLine != nil || block.isSaid { return [block] }
    var parts: [Block] = []
    for line in block.asked {
      if let last = parts.last?.asked.last, let before = answers[last], before.canonical == answers[line]?.canonical, !before.canonical.isEmpty {
        parts[parts.count - 1].asked.append(line)
      } else {
        parts.append(Block(asked: [line], question: answers[line]?.question ?? block.question))
      }
      parts[parts.count - 1].end = line
    }
    parts[parts.count - 1].end = block.end
    return parts
  }

  /// Why a question cannot be recorded.
  private func fault(_ block: Block, _ answers: [Answer]) -> String? {
    if let bad = answers.first(where: { ![.answered, .empty].contains($0.status) }) { return "has no rows: \(bad.headline)" }
    let first = answers[0].rows
    if first.count > Self.mostRows { return "has \(first.count) rows; at most \(Self.mostRows) are recorded" }
    if answers.contains(where: { $0.rows != first }) { return "has other rows than another wording of it" }
    return nil
  }

  /// With lines put in behind some and others left out; line breaks as they are in the file.
  private func rewritten(_ insertions: [Int: [String]], _ dropped: Set<Int>) -> String {
    let lineBreak = text.contains("\r\n") ? "\r\n" : "\n"
    let endsInBreak = text.hasSuffix("\n") || text.hasSuffix("\r\n") || text.isEmpty
    var lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }.map(String.init)
    if endsInBreak { lines.removeLast() }
    var result: [String] = []
    for (index, line) in lines.enumerated() {
      if !dropped.contains(index + 1) { result.append(line) }
      result += insertions[index + 1] ?? []
    }
    return result.joined(separator: lineBreak) + (endsInBreak || !insertions.isEmpty ? lineBreak : "")
  }

  /// Writes the new text in place of the file, unless somebody changed that meanwhile.
  /// - Throws: `Stop`; the file is as it was then.
  func write(_ new: String) throws(Stop) {
    guard (try? SourceFile.read(file)) == text else { throw Stop("\(file) was changed meanwhile; nothing is written") }
    try FileWriting.write(new, to: FileWriting.target(of: file))
  }
}

/// Answers the questions of a file, and writes their rows into it.
struct BatchRecording {
  private(set) var answers: [Int: Answer] = [:]
  private(set) var defects: [String] = []
  /// Lines of one change that are shown.
  private static let shownLines = 20

  mutating func take(_ entry: BatchEntry, _ answer: Answer) {
    switch entry {
    case .item(let item): if case .number(let line) = item.id { answers[Int(line)] = answer }
    case .defect(let defect): defects.append(defect.diagnostic.description)
    }
  }

  /// Tells what changes on standard error, and writes it.
  /// - Throws: `Stop` with all that cannot be recorded; nothing is written then.
  func finish(_ recorded: RecordedRows, file: String) throws(Stop) -> Int32 {
    let (text, changes, faults) = recorded.recorded(answers)
    let failures = defects + faults
    if !failures.isEmpty {
      for failure in failures { Output.errors.line("wenshu: " + DisplayWidth.safe(failure)) }
      throw Stop("\(file): nothing is recorded")
    }
    for change in changes {
      Output.errors.line("wenshu: \(change.line): “\(DisplayWidth.safe(change.question))”")
      for line in change.lines.prefix(Self.shownLines) { Output.errors.line("  " + DisplayWidth.safe(line)) }
      if change.lines.count > Self.shownLines { Output.errors.line("  … \(change.lines.count - Self.shownLines) more lines") }
    }
    if !changes.isEmpty { try recorded.write(text) }
    Output.errors.line("wenshu: \(file): \(changes.count) recorded, \(answers.count - changes.count) unchanged")
    return ExitStatus.answered
  }
}
