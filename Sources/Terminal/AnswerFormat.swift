import Answers
import Questions

/// A way of writing answers, one file each. Formats are values and pure: width and colours are given to them.
///
/// Choose one by name (`AnswerFormats.named`) or by its factory: `.plain(width: 100)`, `.jsonLines()`.
package protocol AnswerFormat: Sendable {
  /// One whole answer, ending in a line break.
  func text(_ answer: Answer) -> String
  /// What stands between two answers of a batch: an empty line for people, nothing for lines of JSON.
  var separator: String { get }
}

extension AnswerFormat {
  package var separator: String { "" }
}

extension Presentation {
  /// The name of the format that shows it.
  package var format: String { isOfTables ? "table" : rawValue }
}

/// The formats by the names that `--format` takes.
package enum AnswerFormats {
  package static let names = ["table", "json", "jsonl", "csv", "tsv", "markdown", "html", "svg"]

  /// The format of that name; nil if there is none.
  ///
  /// - Parameters:
  ///   - width: columns of the terminal, used by `table` alone.
  ///   - turnsTime: whether time may stand across where that reads better, in formats for people.
  ///   - breaksCode: whether SQL is broken at the width, as at a terminal; used by `table` alone.
  package static func named(
    _ name: String, width: Int = 80, theme: Theme = .plain, showsSQL: Bool = false, turnsTime: Bool = true, breaksCode: Bool = false
  ) -> (any AnswerFormat)? {
    switch name {
    case "table": PlainFormat(width: width, theme: theme, showsSQL: showsSQL, turnsTime: turnsTime, breaksCode: breaksCode)
    case "json": .json()
    case "jsonl": .jsonLines()
    case "csv": .csv()
    case "tsv": .tsv()
    case "markdown": .markdown(showsSQL: showsSQL, turnsTime: turnsTime)
    case "html": .html(turnsTime: turnsTime)
    case "svg": .svg()
    default: nil
    }
  }
}
