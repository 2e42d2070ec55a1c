/// A sample text whose interesting places are marked inside it, so that no test counts columns.
///
///     let sample = MarkedText("formula: sum(orders.⟦amout⟧)")
///     sample.text       // formula: sum(orders.amout)
///     sample.marks[0]   // line 1, column 21, text "amout"
package struct MarkedText: Sendable {
  package struct Mark: Hashable, Sendable {
    /// Counted from 1; columns in code points.
    package let line: Int
    package let column: Int
    /// Counted from 0, in code points of the whole text.
    package let offset: Int
    package var text: String
  }

  /// The sample without its marks.
  package let text: String
  /// In the order they open.
  package let marks: [Mark]

  package init(_ sample: String) {
    var (text, marks, open) = (String.UnicodeScalarView(), [Mark](), [Int]())
    var (line, column) = (1, 1)
    for scalar in sample.unicodeScalars {
      switch scalar {
      case "⟦":
        open.append(marks.count)
        marks.append(Mark(line: line, column: column, offset: text.count, text: ""))
      case "⟧":
        guard let index = open.popLast() else { preconditionFailure("⟧ without ⟦ in a sample") }
        marks[index].text = String(String.UnicodeScalarView(text.dropFirst(marks[index].offset)))
      default:
        text.append(scalar)
        (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
      }
    }
    precondition(open.isEmpty, "⟦ without ⟧ in a sample")
    self.text = String(text)
    self.marks = marks
  }
}
