/// A series in one line: `▁▂▅█▃`; a gap where there is no value. The lowest value is `▁`, the highest `█`.
enum Sparkline {
  static func text(_ values: [Double?]) -> String {
    let known = values.compactMap(\.self)
    guard let low = known.min(), let high = known.max() else { return "" }
    let signs = DrawingSigns.current.spark
    let top = Double(signs.count - 1)
    return String(
      values.map { value in
        guard let value else { return " " }
        return high > low ? signs[Int(((value - low) / (high - low) * top).rounded())] : signs[(signs.count - 1) / 2]
      })
  }

  /// One line for each series, with its name, first and last value; the first is left out where there is no room, and of
  /// more values than there are columns the means of neighbours are drawn.
  static func lines(_ picture: Picture, width: Int, theme: Theme) -> [String] {
    let names = picture.series.map { DisplayWidth.truncated(DisplayWidth.safe($0.title), to: max(8, min(20, width / 4))) }
    let nameWidth = names.map { DisplayWidth.of($0) }.max() ?? 0
    var firsts = picture.series.map { DisplayWidth.safe($0.texts.first ?? "") + " " }
    var firstWidth = firsts.map { DisplayWidth.of($0) }.max() ?? 0
    let lasts = picture.series.map { DisplayWidth.safe($0.texts.last ?? "") }
    let room = width - 2 - nameWidth - 2 - 1 - (lasts.map { DisplayWidth.of($0) }.max() ?? 0)
    if room - firstWidth < min(picture.labels.count, 16) { (firsts, firstWidth) = (firsts.map { _ in "" }, 0) }
    return picture.series.enumerated().map { index, series in
      let line = text(means(series.values, max(4, room - firstWidth)))
      return ("  " + DisplayWidth.padded(names[index], to: nameWidth) + "  " + DisplayWidth.padded(firsts[index], to: firstWidth, flushRight: true)
        + theme.paint(line, series: index) + " " + lasts[index]).trimmedEnd
    }
  }

  /// At most so many values, each the mean of those that it stands for.
  private static func means(_ values: [Double?], _ most: Int) -> [Double?] {
    if values.count <= most { return values }
    return (0..<most).map { place in
      let known = values[(place * values.count / most)..<((place + 1) * values.count / most)].compactMap(\.self)
      return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
    }
  }
}
