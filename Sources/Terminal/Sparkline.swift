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

  /// One line for each series, with its name, first and last value.
  static func lines(_ picture: Picture, theme: Theme) -> [String] {
    let names = picture.series.map { DisplayWidth.truncated(DisplayWidth.safe($0.title), to: 20) }
    let width = names.map { DisplayWidth.of($0) }.max() ?? 0
    let firsts = picture.series.map { DisplayWidth.safe($0.texts.first ?? "") }
    let firstWidth = firsts.map { DisplayWidth.of($0) }.max() ?? 0
    return picture.series.enumerated().map { index, series in
      ("  " + DisplayWidth.padded(names[index], to: width) + "  " + DisplayWidth.padded(firsts[index], to: firstWidth, flushRight: true)
        + " " + theme.paint(text(series.values), series: index) + " " + DisplayWidth.safe(series.texts.last ?? "")).trimmedEnd
    }
  }
}
