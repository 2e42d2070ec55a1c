/// The one notation, as syntax: what stands right of `=>` in grammar, lexicon and question files, what canonical
/// questions are printed in, and what `wenshu query` takes.
///
/// It is small on purpose. A question is clauses joined by ` | `; a clause is a keyword and items separated by commas; an
/// item is one or more terms side by side. What they mean is decided by `Questions`, not here.
/// Example: `measure gmv | where city in (上海, 苏州) | during month(-1) | top 3 in region`.
package indirect enum Term: Hashable, Sendable {
  /// A name, an operator or a date literal: `gmv`, `>=`, `2026-Q3`, `华东`.
  case symbol(String)
  /// `500000`, `0.1`, `-1`, kept as a double: numbers in questions are thresholds and counts.
  case number(Double)
  /// `"微爽 日用"`: a text that would not survive as a symbol.
  case text(String)
  /// `month(-1)`; with an empty name a bracketed list: `(上海, 苏州)`.
  case call(String, [Item])
  /// `{d}`: a hole in a rule's template.
  case slot(String)

  package typealias Item = [Term]
}

/// One clause of the notation: `where city in (上海, 苏州)`.
package struct Clause: Hashable, Sendable {
  package var keyword: String
  package var items: [Term.Item]

  package init(_ keyword: String, _ items: [Term.Item] = []) {
    self.keyword = keyword
    self.items = items
  }
}
