/// A half-open range of characters in one text, counted in Unicode scalars (code points) from 0.
///
/// Scalars, not grapheme clusters: programs that read our JSON count code points, and so do the conformance suites.
/// Example: in `上月GMV`, `GMV` is `Span(2, 5)`.
package struct Span: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let start: Int
  package let end: Int

  package init(_ start: Int, _ end: Int) {
    precondition(start <= end, "a span cannot end before it starts")
    self.start = start
    self.end = end
  }

  package var count: Int { end - start }
  package var isEmpty: Bool { start == end }
  package var range: Range<Int> { start..<end }

  package func overlaps(_ other: Span) -> Bool { start < other.end && other.start < end }
  package func contains(_ other: Span) -> Bool { start <= other.start && other.end <= end }
  package func union(_ other: Span) -> Span { Span(min(start, other.start), max(end, other.end)) }

  package static func < (a: Span, b: Span) -> Bool { (a.start, a.end) < (b.start, b.end) }
  package var description: String { "\(start)..<\(end)" }
}
