import Answers
import SourceText

/// A picture as SVG: the same bars and lines, with a title and a description for those who cannot see it.
///
/// Sizes are in pixels of a width of 520, so that its texts are still read where a phone shrinks it; colours come from classes of its own style, which a dark ground turns over.
struct SVGPicture {
  let picture: Picture
  let title: String
  let language: Language
  static let width = 520.0
  /// More bars would be no picture.
  private static let mostLabels = 60
  private static let colours = ["#2f6fb0", "#d9822b", "#4a9d5b", "#a0519b", "#c0453b", "#5b8f9b", "#8a7f2f", "#6b6bb0"]

  init(_ picture: Picture, title: String, language: Language) {
    self.picture = picture
    self.title = title
    self.language = language
  }

  /// A whole SVG element, its namespace included, so that it is a file as well.
  var text: String {
    let (body, height) = drawn
    let legend = self.legend(at: height)
    let whole = height + legend.height
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.number(Self.width)) \(Self.number(whole))" \
      width="\(Self.number(Self.width))" height="\(Self.number(whole))" role="img" font-family="system-ui, sans-serif" font-size="13">
      <title>\(Markup.escaped(PageWords(language).picture(title)))</title>
      <style>text{fill:#333}.g{stroke:#ccc;stroke-width:1}.v{fill:#555}\(Self.colours.enumerated().map { ".s\($0){fill:\($1)}.l\($0){stroke:\($1);fill:none;stroke-width:2}" }.joined()).o{fill:#999}\
      @media(prefers-color-scheme:dark){text{fill:#ddd}.g{stroke:#555}.v{fill:#bbb}}@media print{text{fill:#000}}</style>
      \(body.joined(separator: "\n"))
      \(legend.lines.joined(separator: "\n"))
      </svg>
      """
  }

  private var drawn: (lines: [String], height: Double) {
    switch picture.kind {
    case .line, .spark: lines
    case .stack: stack ?? bars
    case .bar: bars
    }
  }

  // MARK: Bars

  private var bars: (lines: [String], height: Double) {
    let labels = Array(picture.labels.prefix(Self.mostLabels))
    let scale = AxisScale(picture.range, fromZero: true, ticks: 4, unit: picture.unit, language: language)
    let left = min(184, 16 + Self.width(of: labels))
    let right = min(128, 16 + Self.width(of: picture.series.flatMap(\.texts)))
    let room = Self.width - left - right
    let (bar, gap) = (picture.series.count == 1 ? 16.0 : 12.0, 8.0)
    let group = bar * Double(picture.series.count) + gap
    var lines: [String] = []
    let height = 12 + group * Double(labels.count)
    let zero = left + scale.place(0) * room
    lines.append(line(zero, 8, zero, height, "g"))
    for (index, label) in labels.enumerated() {
      let top = 12 + group * Double(index)
      lines.append(words(DisplayWidth.truncated(label, to: 22), x: left - 8, y: top + group / 2, anchor: "end"))
      for (number, series) in picture.series.enumerated() {
        let y = top + bar * Double(number)
        let end = left + scale.place(series.values[index] ?? 0) * room
        if series.values[index] != nil {
          lines.append("<rect class=\"s\(number)\" x=\"\(Self.number(min(zero, end)))\" y=\"\(Self.number(y))\" width=\"\(Self.number(max(1, abs(end - zero))))\" height=\"\(Self.number(bar - 2))\"/>")
        }
        lines.append(words(series.texts[index], x: max(zero, end) + 6, y: y + bar / 2 + 3, anchor: "start", class: "v"))
      }
    }
    return (lines, height + 8)
  }

  /// nil where a part is below zero.
  private var stack: (lines: [String], height: Double)? {
    let single = picture.series.count == 1
    let wholes: [(String, [Double])] = single
      ? [("", parts(picture.series[0].values.map { $0 ?? 0 }))]
      : picture.labels.indices.prefix(Self.mostLabels).map { index in (picture.labels[index], picture.series.map { $0.values[index] ?? 0 }) }
    guard wholes.allSatisfy({ $0.1.allSatisfy { $0 >= 0 } }) else { return nil }
    let left = min(184, 16 + Self.width(of: wholes.map(\.0)))
    let room = Self.width - left - 16
    var lines: [String] = []
    for (index, whole) in wholes.enumerated() {
      let y = 12 + 28 * Double(index)
      lines.append(words(DisplayWidth.truncated(whole.0, to: 22), x: left - 8, y: y + 14, anchor: "end"))
      let total = whole.1.reduce(0, +)
      guard total > 0 else { continue }
      var x = left
      for (number, part) in whole.1.enumerated() {
        let width = part / total * room
        lines.append("<rect class=\"\(number < Self.colours.count ? "s\(number)" : "o")\" x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(width))\" height=\"20\"/>")
        x += width
      }
    }
    return (lines, 20 + 28 * Double(wholes.count))
  }

  /// As many parts as there are colours, and what is left as one more.
  private func parts(_ values: [Double]) -> [Double] {
    let most = Self.colours.count
    return values.count > most ? values.prefix(most) + [values.dropFirst(most).reduce(0, +)] : values
  }

  // MARK: Lines

  private var lines: (lines: [String], height: Double) {
    let scale = AxisScale(picture.range, fromZero: false, ticks: 5, unit: picture.unit, language: language)
    let ticks = scale.ticks
    let left = 16 + Self.width(of: ticks.map { scale.label($0) })
    let names = picture.series.count > 1 ? picture.series.map { DisplayWidth.truncated($0.title, to: 16) } : []
    let (top, bottom, right) = (12.0, 252.0, Self.width - (names.isEmpty ? 24 : 24 + Self.width(of: names)))
    let last = Double(max(1, picture.labels.count - 1))
    func x(_ index: Int) -> Double { left + Double(index) / last * (right - left) }
    func y(_ value: Double) -> Double { bottom - scale.place(value) * (bottom - top) }
    var lines = ticks.flatMap { [line(left, y($0), right, y($0), "g"), words(scale.label($0), x: left - 8, y: y($0) + 4, anchor: "end", class: "v")] }
    let room = max(1, Int((right - left) / (16 + Self.width(of: picture.labels))))
    let every = max(1, (picture.labels.count + room - 1) / room)
    let end = picture.labels.count - 1
    for index in picture.labels.indices where index == end || index % every == 0 && index + every <= end {
      let anchor = index == 0 ? "start" : index == end ? "end" : "middle"
      lines.append(words(picture.labels[index], x: x(index), y: bottom + 18, anchor: anchor, class: "v"))
    }
    for (number, series) in picture.series.enumerated() {
      for run in runs(series.values) {
        let points = run.map { "\(Self.number(x($0))),\(Self.number(y(series.values[$0] ?? 0)))" }
        if points.count > 1 { lines.append("<polyline class=\"l\(number)\" points=\"\(points.joined(separator: " "))\"/>") }
        if run.count == 1 || picture.labels.count <= 31 {
          lines += run.map { index in
            "<circle class=\"s\(number)\" cx=\"\(Self.number(x(index)))\" cy=\"\(Self.number(y(series.values[index] ?? 0)))\" r=\"3\"><title>"
              + Markup.escaped("\(picture.labels[index]) · \(series.title): \(series.texts[index])") + "</title></circle>"
          }
        }
      }
    }
    lines += endNames(names, x: right, bottom: bottom, y)
    return (lines, bottom + 32)
  }

  /// The name of each line at its end, tied to it where it had to make room for another.
  private func endNames(_ names: [String], x: Double, bottom: Double, _ y: (Double) -> Double) -> [String] {
    let drawn = names.indices.filter { picture.series[$0].values.contains { $0 != nil } }
    let ends = drawn.map { y(picture.series[$0].values.last { $0 != nil }.flatMap(\.self) ?? 0) }
    return zip(drawn, zip(ends, LabelPlaces.apart(ends, by: 16, within: bottom))).flatMap { index, place in
      [
        "<polyline class=\"l\(index)\" style=\"stroke-width:1\" points=\"\(Self.number(x + 3)),\(Self.number(place.0)) \(Self.number(x + 13)),\(Self.number(place.1))\"/>",
        words(names[index], x: x + 17, y: place.1 + 4, anchor: "start"),
      ]
    }
  }

  /// Places one after another that have a value: a line is broken where there is none.
  private func runs(_ values: [Double?]) -> [[Int]] {
    var runs: [[Int]] = [[]]
    for index in values.indices {
      if values[index] == nil { runs.append([]) } else { runs[runs.count - 1].append(index) }
    }
    return runs.filter { !$0.isEmpty }
  }

  // MARK: Pieces

  /// The names of colours, where they stand nowhere else, and how much is not drawn.
  private func legend(at top: Double) -> (lines: [String], height: Double) {
    let single = picture.series.count == 1
    var names: [String] = []
    if picture.kind == .stack, single {
      names = Array(picture.labels.prefix(Self.colours.count)) + (picture.labels.count > Self.colours.count ? [PageWords(language).others] : [])
    } else if !single, [.stack, .bar].contains(picture.kind) {
      names = picture.series.map(\.title)
    }
    var (x, y, lines) = (16.0, top + 16, [String]())
    for (number, name) in names.enumerated() {
      let name = DisplayWidth.truncated(name, to: 28)
      let width = 28 + Self.width(of: [name])
      if x + width > Self.width { (x, y) = (16, y + 20) }
      let style = number < Self.colours.count ? "s\(number)" : "o"
      lines.append("<rect class=\"\(style)\" x=\"\(Self.number(x))\" y=\"\(Self.number(y - 10))\" width=\"12\" height=\"12\"/>")
      lines.append(words(name, x: x + 18, y: y, anchor: "start"))
      x += width
    }
    var height = names.isEmpty ? 0 : y - top + 8
    let isOfLabels = picture.kind == .bar || picture.kind == .stack && !single
    for count in [picture.hidden, isOfLabels ? max(0, picture.labels.count - Self.mostLabels) : 0] where count > 0 {
      lines.append(words(PageWords(language).leftOut(count), x: 16, y: top + height + 16, anchor: "start", class: "v"))
      height += 24
    }
    return (lines, height)
  }

  private func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) -> String {
    "<line class=\"\(style)\" x1=\"\(Self.number(x1))\" y1=\"\(Self.number(y1))\" x2=\"\(Self.number(x2))\" y2=\"\(Self.number(y2))\"/>"
  }

  private func words(_ text: String, x: Double, y: Double, anchor: String, class style: String = "") -> String {
    "<text\(style.isEmpty ? "" : " class=\"\(style)\"") x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" text-anchor=\"\(anchor)\">\(Markup.escaped(text))</text>"
  }

  /// About how wide texts are, in pixels.
  private static func width(of texts: [String]) -> Double { Double(texts.map { DisplayWidth.of($0) }.max() ?? 0) * 7.4 }

  /// To a tenth of a pixel, the same on every machine.
  private static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    let text = tenths % 10 == 0 ? "\(abs(tenths) / 10)" : "\(abs(tenths) / 10).\(abs(tenths) % 10)"
    return tenths < 0 ? "-" + text : text
  }
}

/// Texts within HTML and SVG.
package enum Markup {
  /// The text with what is markup written out, and control characters made visible.
  package static func escaped(_ text: String) -> String {
    DisplayWidth.safe(text).replacingScalars { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case "'": "&#39;"
      default: nil
      }
    }
  }
}

/// An answer's picture alone, as a file (`svg`); of an answer with nothing to draw, its headline.
package struct SVGFormat: AnswerFormat {
  package init() {}

  package func text(_ answer: Answer) -> String {
    let wish = answer.presentation.flatMap { $0.isDrawn ? $0 : nil } ?? .chart
    guard let picture = Picture(answer, wish) else {
      return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 520 40\" width=\"520\" height=\"40\" role=\"img\" "
        + "font-family=\"system-ui, sans-serif\" font-size=\"14\"><text x=\"12\" y=\"26\">\(Markup.escaped(answer.headline))</text></svg>\n"
    }
    return SVGPicture(picture, title: answer.headline, language: answer.language).text + "\n"
  }
}

extension AnswerFormat where Self == SVGFormat {
  package static func svg() -> SVGFormat { SVGFormat() }
}
