import Answers
import Questions
import Tables

/// What a picture shows of an answer: labels along, and one number or none of each series at each label.
///
/// Drawn by `LineChart`, `GroupedBars`, `StackedBars` and `Sparkline` in a terminal, by `SVGPicture` elsewhere.
package struct Picture: Hashable, Sendable {
  package enum Kind: Hashable, Sendable { case bar, line, spark, stack }

  package struct Series: Hashable, Sendable {
    package var title: String
    package var values: [Double?]
    /// The same as people read them.
    package var texts: [String]
  }

  /// More would only be a tangle; the others are left out and counted.
  static let mostSeries = 8

  package var kind: Kind
  package var labels: [String]
  package var series: [Series]
  package var isOverTime: Bool
  package var unit: String?
  /// Series that are not shown.
  package var hidden = 0
  /// Why it is of another kind than was asked for; nil if it is not.
  package private(set) var replaced: Replacement?
  package enum Replacement: Hashable, Sendable {
    /// There is no time for a line to run along.
    case notOverTime
    /// What is below zero is no part of a whole.
    case belowZero
  }

  /// nil where there is nothing to compare: fewer than two rows, no grouping, or no number; or where no picture is wanted.
  package init?(_ answer: Answer) {
    guard let wish = answer.presentation, wish.isDrawn else { return nil }
    self.init(answer, wish)
  }

  package init?(_ answer: Answer, _ wish: Presentation) {
    let groups = answer.columns.indices.filter { answer.columns[$0].role == .group && answer.columns[$0].isShown }
    guard answer.rows.count > 1, (1...2).contains(groups.count) else { return nil }
    let numbers = Picture.numbers(answer)
    guard let first = numbers.first else { return nil }
    unit = answer.columns[first].unit
    let times = groups.filter { [.period, .date].contains(answer.columns[$0].type) }
    let along = times.first ?? groups[0]
    isOverTime = !times.isEmpty
    if let across = groups.first(where: { $0 != along }) {
      (labels, series) = Picture.crossed(answer, along, across, first)
    } else {
      labels = answer.texts.map { $0[along] }
      series = numbers.map { column in
        Series(
          title: answer.columns[column].title, values: answer.rows.map { Picture.finite($0[column]) },
          texts: answer.texts.map { $0[column] })
      }
    }
    kind = Picture.kind(wish, isOverTime: isOverTime, labels: labels.count)
    if [.line, .spark].contains(wish), !isOverTime { replaced = .notOverTime }
    if kind == .stack, series.contains(where: { $0.values.contains { ($0 ?? 0) < 0 } }) { (kind, replaced) = (.bar, .belowZero) }
    if [.line, .spark].contains(kind), labels.count < 2 { return nil }
    if series.count > Self.mostSeries {
      hidden = series.count - Self.mostSeries
      series = Array(series.prefix(Self.mostSeries))
    }
    guard series.contains(where: { $0.values.contains { $0 != nil } }) else { return nil }
  }

  /// One line where a picture is not the one that was asked for.
  static func note(_ answer: Answer) -> String? {
    guard let wish = answer.presentation, wish.isDrawn, wish != .chart, answer.rows.count > 1 else { return nil }
    let words = PageWords(answer.language)
    guard let picture = Picture(answer) else { return words.nothingDrawn }
    return picture.replaced.map { words.replaced(notOverTime: $0 == .notOverTime) }
  }

  private static func kind(_ wish: Presentation, isOverTime: Bool, labels: Int) -> Kind {
    switch wish {
    case .bar: .bar
    case .spark: isOverTime ? .spark : .bar
    case .stack: .stack
    case .line: isOverTime ? .line : .bar
    default: isOverTime && labels > 2 ? .line : .bar
    }
  }

  private static func finite(_ cell: Cell) -> Double? { cell.number.flatMap { $0.isFinite ? $0 : nil } }

  /// The values and what they are set against, as far as they have one unit; else the first number shown.
  private static func numbers(_ answer: Answer) -> [Int] {
    let shown = answer.columns.indices.filter { answer.columns[$0].isShown && answer.columns[$0].isNumeric }
    let values = shown.filter { [.value, .base].contains(answer.columns[$0].role) }
    guard let first = values.first else { return shown.first.map { [$0] } ?? [] }
    return values.filter { answer.columns[$0].unit == answer.columns[first].unit }
  }

  /// Rows of two groups: one along, the other as series, the greatest first.
  private static func crossed(_ answer: Answer, _ along: Int, _ across: Int, _ number: Int) -> ([String], [Series]) {
    var labels: [String] = []
    var names: [String] = []
    var cells: [String: (Double?, String)] = [:]
    var (seenLabels, seenNames) = (Set<String>(), Set<String>())
    for (row, texts) in zip(answer.rows, answer.texts) {
      if seenLabels.insert(texts[along]).inserted { labels.append(texts[along]) }
      if seenNames.insert(texts[across]).inserted { names.append(texts[across]) }
      cells[texts[along] + "\u{0}" + texts[across]] = (finite(row[number]), texts[number])
    }
    if [.period, .date].contains(answer.columns[along].type) { labels.sort() }
    let series = names.map { name in
      let found = labels.map { cells[$0 + "\u{0}" + name] }
      return Series(title: name, values: found.map { $0?.0 }, texts: found.map { $0?.1 ?? "—" })
    }
    func size(_ series: Series) -> Double { series.values.reduce(0) { $0 + abs($1 ?? 0) } }
    let order = series.enumerated().sorted { (-size($0.element), $0.offset) < (-size($1.element), $1.offset) }
    return (labels, order.map(\.element))
  }

  /// The least and greatest number there is.
  var range: ClosedRange<Double> {
    let values = series.flatMap { $0.values.compactMap(\.self) }
    return (values.min() ?? 0)...(values.max() ?? 0)
  }
}
