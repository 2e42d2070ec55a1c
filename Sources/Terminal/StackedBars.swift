import Answers
import SourceText

/// The parts of each whole as one bar, each part with a filling of its own, and how much each is of the whole.
/// ```
///   华东  ██████████▓▓▓▓▓▒▒▒░
///         █ 到店 52.1%  ▓ 小程序 25.0%  …
/// ```
struct StackedBars {
  let picture: Picture
  let width: Int
  let theme: Theme
  let language: Language
  private let fillings = DrawingSigns.current.fillings

  init(picture: Picture, width: Int, theme: Theme, language: Language) {
    self.picture = picture
    self.width = width
    self.theme = theme
    self.language = language
  }

  /// A picture of one series has its labels as parts of one whole.
  private var wholes: [(label: String, parts: [Double?])] {
    if picture.series.count == 1 { return [("", Array(picture.series[0].values.prefix(Picture.mostSeries)))] }
    return picture.labels.indices.prefix(GroupedBars.mostLabels).map { index in
      (picture.labels[index], picture.series.map { $0.values[index] })
    }
  }
  private var partNames: [String] {
    let names = picture.series.count == 1 ? Array(picture.labels.prefix(Picture.mostSeries)) : picture.series.map(\.title)
    return names.map { DisplayWidth.truncated(DisplayWidth.safe($0), to: 16) }
  }

  /// Empty where a part is below zero: that is no part of a whole.
  var lines: [String] {
    let wholes = wholes
    guard !wholes.contains(where: { $0.parts.contains { ($0 ?? 0) < 0 } }) else { return [] }
    let labels = wholes.map { DisplayWidth.truncated(DisplayWidth.safe($0.label), to: 20) }
    let labelWidth = labels.map { DisplayWidth.of($0) }.max() ?? 0
    let margin = "  " + (labelWidth == 0 ? "" : String(repeating: " ", count: labelWidth + 2))
    let room = max(10, min(60, width - DisplayWidth.of(margin)))
    var result: [String] = []
    for (label, whole) in zip(labels, wholes) {
      let total = whole.parts.reduce(0) { $0 + ($1 ?? 0) } + (picture.series.count == 1 ? rest : 0)
      guard total > 0 else { continue }
      let head = labelWidth == 0 ? "  " : "  " + DisplayWidth.padded(label, to: labelWidth) + "  "
      result.append(head + bar(whole.parts, of: total, room))
      if picture.series.count == 1 { result += legend(whole.parts, of: total, margin) }
    }
    if picture.series.count > 1 {
      var line = ""
      var used = 0
      for (index, name) in partNames.enumerated() {
        let size = 2 + DisplayWidth.of(name)
        if used > 0, used + 2 + size > width - DisplayWidth.of(margin) {
          result.append(margin + line)
          (line, used) = ("", 0)
        }
        line += (used == 0 ? "" : "  ") + theme.paint(String(fillings[index]), series: index) + " " + name
        used += (used == 0 ? 0 : 2) + size
      }
      result.append(margin + line)
    }
    return result
  }

  /// What is not among the parts that are named.
  private var rest: Double {
    picture.series[0].values.dropFirst(Picture.mostSeries).reduce(0) { $0 + ($1 ?? 0) }
  }

  /// Each part ends where the sum up to it ends, so that rounding never adds up.
  private func bar(_ parts: [Double?], of total: Double, _ room: Int) -> String {
    var (sum, drawn, text) = (0.0, 0, "")
    for (index, part) in parts.enumerated() {
      sum += part ?? 0
      let end = Int((sum / total * Double(room)).rounded())
      text += theme.paint(String(repeating: String(fillings[index]), count: max(0, end - drawn)), series: index)
      drawn = max(drawn, end)
    }
    return text + String(repeating: ".", count: max(0, room - drawn))
  }

  private func legend(_ parts: [Double?], of total: Double, _ margin: String) -> [String] {
    let names = partNames
    let nameWidth = names.map { DisplayWidth.of($0) }.max() ?? 0
    func line(_ filling: String, _ name: String, _ part: Double) -> String {
      let share = AxisScale(0...1, fromZero: true, ticks: 1000, unit: "%", language: language).label(part / total)
      return margin + filling + " " + DisplayWidth.padded(name, to: nameWidth) + "  " + DisplayWidth.padded(share, to: 6, flushRight: true)
    }
    let named = parts.enumerated().map { line(theme.paint(String(fillings[$0]), series: $0), names[$0], $1 ?? 0) }
    return rest > 0 ? named + [line(".", PageWords(language).others, rest)] : named
  }
}
