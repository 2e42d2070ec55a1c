import SourceText

/// Lines over time in Braille dots, with an axis of round numbers and the names of the lines at their ends.
/// ```
///  20万 ┤⠀⠀⠀⡠⠊
///  10万 ┤⡠⠔⠊
///       └──────
///        1月  2月
/// ```
struct LineChart {
  let picture: Picture
  /// Columns of the terminal.
  let width: Int
  let theme: Theme
  let language: Language
  static let height = 10

  var lines: [String] {
    let scale = AxisScale(picture.range, fromZero: false, ticks: 4, unit: picture.unit, language: language)
    let labels = scale.ticks.map { scale.label($0) }
    let axis = labels.map { DisplayWidth.of($0) }.max() ?? 0
    let names = picture.series.count > 1 ? picture.series.map { DisplayWidth.truncated(DisplayWidth.safe($0.title), to: 16) } : []
    let room = width - 2 - axis - 2 - (names.isEmpty ? 0 : 1 + (names.map { DisplayWidth.of($0) }.max() ?? 0))
    let columns = max(8, min(room, max(24, picture.labels.count * 6), 120))
    let canvas = drawn(scale, columns)
    let ends = endNames(names, scale)
    let signs = DrawingSigns.current
    var result: [String] = []
    for row in 0..<Self.height {
      let tick = scale.ticks.indices.first { self.row(scale.place(scale.ticks[$0])) == row }
      let label = DisplayWidth.padded(tick.map { labels[$0] } ?? "", to: axis, flushRight: true)
      let name = ends[row].map { " " + theme.paint(names[$0], series: $0) } ?? ""
      result.append(("  " + theme.paint(label + " " + String(tick == nil ? signs.axis : signs.tick), as: .rule) + canvas.line(row, theme) + name).trimmedEnd)
    }
    let margin = "  " + String(repeating: " ", count: axis)
    result.append(margin + theme.paint(" " + String(signs.corner) + signs.rule(columns), as: .rule))
    result.append((margin + "  " + timeLabels(columns)).trimmedEnd)
    return result
  }

  /// The row from the top that a place from 0 to 1 lies in.
  private func row(_ place: Double) -> Int {
    let dot = Int(((1 - place) * Double(Self.height * 4 - 1)).rounded())
    return min(Self.height - 1, max(0, dot / 4))
  }

  private func drawn(_ scale: AxisScale, _ columns: Int) -> BrailleCanvas {
    var canvas = BrailleCanvas(columns: columns, rows: Self.height)
    let last = Double(max(1, picture.labels.count - 1))
    for (index, series) in picture.series.enumerated() {
      var before: (x: Int, y: Int)?
      for (place, value) in series.values.enumerated() {
        guard let value else {
          before = nil
          continue
        }
        let x = Int((Double(place) / last * Double(columns * 2 - 1)).rounded())
        let y = Int(((1 - scale.place(value)) * Double(Self.height * 4 - 1)).rounded())
        if let before { canvas.line(from: before, to: (x, y), series: index) } else { canvas.dot(x, y, series: index) }
        before = (x, y)
      }
    }
    return canvas
  }

  /// Which name stands at the end of which row: each at its line's last value or near it, in the order of the lines.
  private func endNames(_ names: [String], _ scale: AxisScale) -> [Int?] {
    let drawn = names.indices.filter { picture.series[$0].values.contains { $0 != nil } }
    let wanted = drawn.map { index in
      (1 - scale.place(picture.series[index].values.last { $0 != nil }.flatMap(\.self) ?? 0)) * Double(Self.height - 1)
    }
    let places = LabelPlaces.apart(wanted, by: 1, within: Double(Self.height - 1))
    var rows = [Int?](repeating: nil, count: Self.height)
    for (index, place) in zip(drawn, places) where rows.indices.contains(Int(place.rounded())) { rows[Int(place.rounded())] = index }
    return rows
  }

  /// The first label, the last, and as many between as stand apart.
  private func timeLabels(_ columns: Int) -> String {
    let labels = picture.labels.map { DisplayWidth.safe($0) }
    var used = [Bool](repeating: false, count: columns + 2)
    var placed: [(at: Int, text: String)] = []
    let last = max(1, labels.count - 1)
    let order = [0, labels.count - 1] + Array(labels.indices)
    for index in order {
      let size = DisplayWidth.of(labels[index])
      let middle = index * (columns - 1) / last
      let start = min(max(0, index == 0 ? 0 : middle - size / 2), max(0, columns - size))
      let span = max(0, start - 2)..<min(used.count, start + size + 2)
      guard size <= columns, !span.contains(where: { used[$0] }) else { continue }
      for place in start..<min(used.count, start + size) { used[place] = true }
      placed.append((start, labels[index]))
    }
    var text = ""
    for label in placed.sorted(by: { $0.at < $1.at }) {
      text = DisplayWidth.padded(text, to: label.at) + label.text
    }
    return text
  }
}

/// Dots of a terminal, two by four in each column: `⣿`.
struct BrailleCanvas {
  let columns: Int
  let rows: Int
  private var dots: [UInt32]
  /// The series that drew last in each cell.
  private var owners: [Int?]

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    dots = Array(repeating: 0, count: columns * rows)
    owners = Array(repeating: nil, count: columns * rows)
  }

  private static let bits: [[UInt32]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]

  /// - Parameters: x, y: dots from the top left.
  mutating func dot(_ x: Int, _ y: Int, series: Int) {
    guard x >= 0, y >= 0, x < columns * 2, y < rows * 4 else { return }
    let cell = (y / 4) * columns + x / 2
    dots[cell] |= Self.bits[y % 4][x % 2]
    owners[cell] = series
  }

  mutating func line(from: (x: Int, y: Int), to: (x: Int, y: Int), series: Int) {
    let steps = max(abs(to.x - from.x), abs(to.y - from.y), 1)
    for step in 0...steps {
      let part = Double(step) / Double(steps)
      dot(
        from.x + Int((Double(to.x - from.x) * part).rounded()), from.y + Int((Double(to.y - from.y) * part).rounded()),
        series: series)
    }
  }

  func line(_ row: Int, _ theme: Theme) -> String {
    var text = ""
    for column in 0..<columns {
      let cell = row * columns + column
      let sign = dots[cell] == 0 ? " " : String(Character(Unicode.Scalar(0x2800 + dots[cell])!))
      text += owners[cell].map { theme.paint(sign, series: $0) } ?? sign
    }
    return text
  }
}
