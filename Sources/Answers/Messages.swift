import Metrics
import Planning
import Questions
import SourceText

/// Problems and notices in words. Each language is one type with exhaustive switches, so the compiler demands both.
///
/// A message says what was found, what was expected and the nearest valid names, in plain words.
package protocol Messages: Sendable {
  func text(_ problem: Problem) -> String
  func text(_ notice: Notice) -> String
  /// What leads to the questions offered in place of one that is not understood.
  var offer: String { get }
}

extension Names {
  /// The messages in these names' language.
  package var messages: any Messages {
    switch language {
    case .chinese: ChineseMessages(names: self)
    case .english: EnglishMessages(names: self)
    }
  }

  /// What steps of a plan do, said in these names' language.
  package var stepWords: any StepWords {
    switch language {
    case .chinese: ChineseStepWords(names: self)
    case .english: EnglishStepWords()
    }
  }
}
