/// How an answer is to be shown, where the question says so: 画个柱状图, "as csv". It changes no number.
package enum Presentation: String, Hashable, Sendable, CaseIterable {
  /// The table with a bar beside each row.
  case chart
  case table, csv, tsv, json, jsonl, markdown
}
