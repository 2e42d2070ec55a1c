import SourceText

/// How an answer is to be shown, where the question says so: 画个柱状图, "as csv". It changes no number.
package enum Presentation: String, Hashable, Sendable, CaseIterable {
  /// The table with a bar beside each row.
  case chart
  /// The same, drawn along time: what names no grouping is cut by time, as a trend is.
  case line
  case table, csv, tsv, json, jsonl, markdown

  package var isDrawn: Bool { self == .chart || self == .line }

  /// What it asks for beside what the words say: a line of 销售额 runs over time, unless something else is cut, ranked or compared.
  package func clauses(beside clauses: [Clause]) -> [Clause] {
    guard self == .line, clauses.contains(where: { $0.keyword == "measure" }),
      clauses.allSatisfy({ ["measure", "during", "where"].contains($0.keyword) })
    else { return [] }
    return [Clause("trend", [])]
  }
}
