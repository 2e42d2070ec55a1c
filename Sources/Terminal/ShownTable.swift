import Answers
import Tables

/// The table of an answer as people see it: turned where that reads better, with arrows at changes, and with the lines that
/// say what was done to it. Formats for people lay it out; those for programs never see it.
package struct ShownTable {
  let columns: [AnswerColumn]
  let texts: [[String]]
  /// How cells are painted; empty: as they are.
  let tones: [[Theme.Role?]]
  /// What the numbers of a turned table are, since its headers are others: above the table.
  let caption: String?
  /// What stands beneath: how many rows, and why a picture is another than was asked for.
  let notes: [String]
  /// The answer as it is shown, turned or not.
  let answer: Answer
  private let pivot: PivotTable?

  /// Columns of a page or a chat, as a terminal counts them: a turned table wider than this is rather read down.
  package static let pageWidth = 100

  /// Of tables with more rows than this the number of rows is said.
  private static let countedFrom = 21

  /// - Parameters:
  ///   - width: columns that there are for it.
  ///   - turnsTime: whether time may stand across where that reads better, without being asked for.
  ///   - saysHow: whether it is said how time comes to stand down again, as it is where commands are at hand.
  package init(_ answer: Answer, width: Int, turnsTime: Bool, saysHow: Bool = false) {
    let words = PageWords(answer.language)
    let isAsked = answer.presentation == .pivot
    let mayTurn = turnsTime && answer.presentation != .table
    pivot = isAsked ? PivotTable(answer) : mayTurn ? PivotTable(suiting: answer, width: width) : nil
    self.answer = pivot?.answer ?? answer
    columns = self.answer.shownColumns
    texts = ChangeMarks.texts(self.answer)
    tones = ChangeTones.of(self.answer)
    caption = pivot.map { pivot in
      words.turned(
        answer.columns[pivot.number].header, across: answer.columns[pivot.across].title, saysHow: saysHow && !isAsked, left: pivot.left)
    }
    var notes: [String] = []
    if isAsked, pivot == nil, answer.rows.count > 0 { notes.append(words.notTurned) }
    if self.answer.rows.count >= Self.countedFrom { notes.append(words.rows(self.answer.rows.count)) }
    if let note = Picture.note(answer) { notes.append(note) }
    self.notes = notes
  }

  /// What a row of the table, counted from 1, stands for, where the table is turned: the first row of the answer that it
  /// was made from, counted from 1, and which of the answer's groupings stands across, counted from 0.
  package func turnedRow(_ number: Int) -> (row: Int, across: Int)? {
    guard let pivot, pivot.firstRows.indices.contains(number - 1) else { return nil }
    return (pivot.firstRows[number - 1] + 1, pivot.place)
  }

  /// Whether a grouping stands across.
  package var isTurned: Bool { pivot != nil }
}
