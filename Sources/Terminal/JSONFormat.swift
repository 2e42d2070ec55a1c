import Answers

/// One pretty-printed JSON object (`json`); see `AnswerJSON` for its keys.
package struct JSONFormat: AnswerFormat {
  package init() {}
  package func text(_ answer: Answer) -> String { AnswerJSON.object(answer).pretty() + "\n" }
}

extension AnswerFormat where Self == JSONFormat {
  package static func json() -> JSONFormat { JSONFormat() }
}
