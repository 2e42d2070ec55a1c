import Answers
import SourceText

extension Picture {
  /// The picture as lines of a terminal, under a table; none where bars stand beside the rows already.
  ///
  /// - Parameter besideRows: whether bars that can stand beside rows do.
  func lines(width: Int, theme: Theme, language: Language, besideRows: Bool = true) -> [String] {
    let drawn: [String] =
      switch kind {
      case .line: LineChart(picture: self, width: width, theme: theme, language: language).lines
      case .spark: Sparkline.lines(self, width: width, theme: theme)
      case .stack: StackedBars(picture: self, width: width, theme: theme, language: language).lines
      case .bar: standsBesideRows && besideRows ? [] : GroupedBars(picture: self, width: width, theme: theme).lines
      }
    if drawn.isEmpty { return [] }
    let left = [hidden, kind == .bar || kind == .stack && series.count > 1 ? max(0, labels.count - GroupedBars.mostLabels) : 0]
    let words = PageWords(language)
    return drawn + left.filter { $0 > 0 }.map { "  " + theme.paint(words.leftOut($0), as: .faint) }
  }

  /// One series of bars needs no picture of its own.
  var standsBesideRows: Bool { kind == .bar && series.count == 1 }
}
