import Answers

/// One JSON object a line (`jsonl`), for batches; the same keys as `json`.
package struct JSONLinesFormat: AnswerFormat {
  package init() {}
  package func text(_ answer: Answer) -> String { AnswerJSON.object(answer).compact + "\n" }
}

extension AnswerFormat where Self == JSONLinesFormat {
  package static func jsonLines() -> JSONLinesFormat { JSONLinesFormat() }
}
