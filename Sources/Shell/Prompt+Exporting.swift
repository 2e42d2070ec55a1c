import Answers
import Questions
import Session
import SourceText
import Terminal

/// Answers in files.
extension Prompt {
  /// Endings of files, and the formats that they stand for.
  private static let endings = ["md": "markdown", "txt": "table", "htm": "html"]
  static let exported = ["csv", "tsv", "json", "jsonl", "md", "html", "svg", "txt"]

  /// Writes what was shown last into the file named, in the format of its ending; of a format alone, into a file named after the question.
  func export(_ text: String, over isOver: Bool = false) throws(Stop) {
    guard !shown.isEmpty else { throw Stop(nothingYet) }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let isFormat = parts.count == 1
    let ending = (parts.last ?? "").lowercased()
    let said = Self.endings[ending] ?? (Self.exported.contains(ending) ? ending : isFormat ? conversation.meaning(text, as: "format-name") : nil)
    guard let said, let format = AnswerFormats.named(said, width: 100, turnsTime: turnsTime), let end = Self.ending(of: said) else {
      throw Stop(words.notOneOf(text, Self.exported.map { "*." + $0 }))
    }
    if !isFormat {
      if Files.exists(text), !isOver { throw Stop(words.alreadyThere(text)) }
      return try write(format, to: text, said: text)
    }
    let name = exportName
    var file = name + "." + end
    var number = 2
    while Files.exists(file), !isOver {
      file = "\(name)-\(number).\(end)"
      number += 1
    }
    try write(format, to: file, said: Surroundings.currentFolder() + "/" + file)
  }

  private static func ending(of format: String) -> String? {
    let end = endings.first { $0.value == format && exported.contains($0.key) }?.key ?? format
    return exported.contains(end) ? end : nil
  }

  /// What was asked in dictionary words, as a file may be called: `上月-按大区-销售额`.
  private var exportName: String {
    let question = conversation.previous.map { QuestionWords(workspace.dictionary, in: words.language).text($0) } ?? ""
    var name = ""
    for scalar in question.unicodeScalars.prefix(60) {
      if scalar.properties.isAlphabetic || scalar.properties.numericType != nil { name.unicodeScalars.append(scalar) } else if !name.hasSuffix("-") { name += "-" }
    }
    while name.hasSuffix("-") { name.removeLast() }
    while name.hasPrefix("-") { name.removeFirst() }
    return name.isEmpty ? "wenshu" : name
  }

  /// - Parameter said: how the file is told.
  private func write(_ format: any AnswerFormat, to file: String, said: String) throws(Stop) {
    let answers = shown.map(pictured)
    // A file is as wide as it is anywhere.
    let written = DisplayWidth.$ambiguousIsWide.withValue(false) {
      format is HTMLFormat && answers.count > 1
        ? HTMLFormat.page(
          title: answers[0].headline, language: answers[0].language, sections: answers.map { HTMLFormat.section($0, turnsTime: turnsTime) })
        : answers.map { format.text($0) }.joined(separator: format.separator)
    }
    try FileWriting.write(written, to: file)
    say(words.written(said, rows: answers.reduce(0) { $0 + $1.rows.count }))
  }
}
