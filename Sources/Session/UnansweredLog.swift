import Answers
import CivilTime
import FoundationEssentials
import Glibc
import Parsing
import Questions
import SourceText
import Warehouse

/// Questions that were not understood, kept beside the warehouse so that the analyst can see what words are missing.
///
/// Only the question, its unknown words and the day are kept, in a file that only its owner may read. A line is appended by
/// a single write under a lock, so that processes never mix their lines. `WENSHU_UNANSWERED=off` keeps nothing at all, and
/// nobody writes down a question asked in private.
package struct UnansweredLog: Sendable {
  /// Beyond this size nothing more is kept, in bytes.
  private static let limit = 4 << 20

  package let path: String

  package init(_ workspace: Workspace, cacheFolder: String?) {
    path = (cacheFolder ?? CacheFolder.standard()) + "/unanswered-" + WarehouseBuilder.folderHash(workspace.folder) + ".log"
  }

  /// A question that was not understood.
  package struct Entry: Hashable, Sendable {
    package var day: String
    package var question: String
    /// The words that were not known; empty if the question as a whole was not understood.
    package var words: [String]
  }

  /// Whether an answer says that something was not understood, rather than that nothing was asked.
  package static func entry(_ answer: Answer, today: Day) -> Entry? {
    guard answer.status == .notUnderstood, let problem = answer.problem else { return nil }
    switch problem {
    case .unknownWords(let words): return Entry(day: today.description, question: answer.question, words: words.map(\.text))
    case .unknownValue(_, let value, _): return Entry(day: today.description, question: answer.question, words: [value])
    case .notJoined, .noMetric: return Entry(day: today.description, question: answer.question, words: [])
    default: return nil
    }
  }

  /// Appends an entry. Nothing happens where the file cannot be written: a log is no reason to fail.
  package func append(_ entry: Entry) {
    let fields = [entry.day, entry.question] + entry.words
    let line = fields.map(Self.escaped).joined(separator: "\t") + "\n"
    let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { return }
    defer { close(file) }
    var facts = stat()
    guard flock(file, LOCK_EX) == 0, fstat(file, &facts) == 0, facts.st_size < Self.limit else { return }
    let bytes = Array(line.utf8)
    _ = write(file, bytes, bytes.count)
  }

  /// Everything kept, oldest first; a line that was cut off is left out.
  package func entries() -> [Entry] {
    guard let text = try? SourceFile.read(path) else { return [] }
    return text.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map { Self.plain(String($0)) }
      return fields.count >= 2 ? Entry(day: fields[0], question: fields[1], words: Array(fields.dropFirst(2))) : nil
    }
  }

  /// Forgets everything.
  package func clear() { unlink(path) }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\t", with: "\\t").replacing("\n", with: "\\n").replacing("\r", with: "\\r")
  }

  private static func plain(_ text: String) -> String {
    var result = ""
    var isEscaped = false
    for character in text {
      if isEscaped {
        result.append(["t": "\t", "n": "\n", "r": "\r"][character] ?? character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        result.append(character)
      }
    }
    return result
  }
}

/// What people asked that is still not understood, by word, most frequent first.
package struct UnansweredWords {
  package struct Word: Hashable, Sendable {
    /// As it was typed first; empty for questions whose words are all known.
    package var text: String
    package var count: Int
    /// The latest question with it.
    package var question: String
    package var lastDay: String
    /// What it may mean.
    package var suggestions: [DictionaryEdit.Target]
  }

  package let words: [Word]

  /// - Parameter today: the day on which the questions are read anew; those that are understood by now are left out.
  package init(_ entries: [UnansweredLog.Entry], _ workspace: Workspace, edit: DictionaryEdit, today: Day) {
    let context = Pipeline(workspace, options: AskOptions(today: today)).context
    var found: [String: Word] = [:]
    var order: [String] = []
    var readings: [String: Reading] = [:]
    for entry in entries {
      let reading = readings[entry.question] ?? workspace.reader.read(entry.question, context: context)
      readings[entry.question] = reading
      for (text, suggestions) in Self.unknown(reading, entry, edit) {
        let key = text.isEmpty ? "\u{0}" + WordSense.comparable(entry.question) : WordSense.comparable(text)
        if found[key] == nil { order.append(key) }
        var word = found[key] ?? Word(text: text, count: 0, question: "", lastDay: "", suggestions: suggestions)
        word.count += 1
        (word.question, word.lastDay) = (entry.question, entry.day)
        found[key] = word
      }
    }
    words = order.enumerated().map { ($0.offset, found[$0.element]!) }
      .sorted { ($1.1.count, $0.0) < ($0.1.count, $1.0) }.map(\.1)
  }

  private static func unknown(_ reading: Reading, _ entry: UnansweredLog.Entry, _ edit: DictionaryEdit)
    -> [(text: String, suggestions: [DictionaryEdit.Target])]
  {
    switch reading.outcome {
    case .failure(.unknownWords(let words)):
      return words.map { word in
        let senses = reading.offers.flatMap { reading.senses[$0.question] ?? [] }
        let own = senses.filter { $0.word == WordSense.comparable(word.text) }
        var targets = own.compactMap(edit.target(of:))
        targets += word.nearest.compactMap { near in
          word.dimension.map { .value(dimension: $0, near) } ?? edit.target(named: near)
        }
        var seen: Set<DictionaryEdit.Target> = []
        return (word.text, targets.filter { seen.insert($0).inserted })
      }
    case .failure(.notJoined), .failure(.noMetric): return [("", [])]
    default: return []
    }
  }
}
