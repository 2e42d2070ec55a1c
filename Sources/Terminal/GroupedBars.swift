import SourceText

/// Bars of several series under each label.
/// ```
///   华东  10月     ████████ ¥73,632.70
///         去年同期 ██████▌  ¥60,100.00
/// ```
struct GroupedBars {
  let picture: Picture
  let width: Int
  let theme: Theme
  static let longest = 40
  /// Of long tables only so many labels are drawn.
  static let mostLabels = 30

  var lines: [String] {
    // Where there is little room, names give way to the bars.
    let most = max(6, min(20, width / 4))
    let labels = picture.labels.prefix(Self.mostLabels).map { DisplayWidth.truncated(DisplayWidth.safe($0), to: most) }
    let names = picture.series.map { DisplayWidth.truncated(DisplayWidth.safe($0.title), to: min(16, most)) }
    let labelWidth = labels.map { DisplayWidth.of($0) }.max() ?? 0
    let nameWidth = picture.series.count > 1 ? (names.map { DisplayWidth.of($0) }.max() ?? 0) + 1 : 0
    let textWidth = picture.series.flatMap(\.texts).map { DisplayWidth.of($0) }.max() ?? 0
    let room = max(4, min(Self.longest, width - 2 - labelWidth - 2 - nameWidth - 1 - textWidth))
    let (low, high) = (min(0, picture.range.lowerBound), max(0, picture.range.upperBound))
    guard high > low else { return [] }
    let unit = Double(room) / (high - low)
    let left = Int((-low * unit).rounded(.up))
    var result: [String] = []
    for (index, label) in labels.enumerated() {
      for (number, series) in picture.series.enumerated() {
        let bar = series.values[index].map { BarColumn.bar($0, unit: unit, left: left) } ?? ""
        let head = DisplayWidth.padded(number == 0 ? label : "", to: labelWidth) + "  "
        let name = nameWidth == 0 ? "" : DisplayWidth.padded(names[number], to: nameWidth)
        result.append(("  " + head + name + theme.paint(bar, series: number) + " " + DisplayWidth.safe(series.texts[index])).trimmedEnd)
      }
    }
    return result
  }
}
