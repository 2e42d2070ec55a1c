import SourceText

/// How an answer is to be shown, where the question says so: 画个柱状图, "as csv". It changes no number.
package enum Presentation: String, Hashable, Sendable, CaseIterable {
  /// The picture that the answer's shape asks for: bars beside rows, a line along time.
  case chart
  /// A line along time: what names no grouping is cut by time, as a trend is.
  case line
  /// Bars beside rows, also of time.
  case bar
  /// A small line in a row: `▁▃▅█`.
  case spark
  /// The parts of each whole as one bar.
  case stack
  /// Numbers alone again.
  case unpictured = "none"
  /// The last grouping across in place of down.
  case pivot
  case table, csv, tsv, json, jsonl, markdown, html, svg

  package var isDrawn: Bool {
    switch self {
    case .chart, .line, .bar, .spark, .stack: true
    case .unpictured, .pivot, .table, .csv, .tsv, .json, .jsonl, .markdown, .html, .svg: false
    }
  }
  /// Whether it says how a table looks, not in what format the answer is written.
  package var isOfTables: Bool { isDrawn || self == .unpictured || self == .pivot || self == .table }

  /// What it asks for beside what the words say: a line of 销售额 runs over time, unless something else is cut, ranked or compared.
  package func clauses(beside clauses: [Clause]) -> [Clause] {
    guard self == .line, clauses.contains(where: { $0.keyword == "measure" }),
      clauses.allSatisfy({ ["measure", "during", "where"].contains($0.keyword) })
    else { return [] }
    return [Clause("trend", [])]
  }
}
