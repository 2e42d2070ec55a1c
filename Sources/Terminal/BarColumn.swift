import Answers
import Tables

/// Bars beside the rows of a table, one unit of length for all: from zero to the right, and to the left below zero.
struct BarColumn {
  /// In columns of the terminal: as long as they get, and as short as they still say something.
  static let (longest, shortest) = (24, 8)

  let bars: [String]
  /// Of which column they are.
  let title: String

  /// Of the first numbers shown in each row; nil where there are fewer than two rows to compare, or no numbers.
  ///
  /// - Parameter room: columns that there are for them.
  init?(_ answer: Answer, room: Int = BarColumn.longest) {
    guard room >= Self.shortest else { return nil }
    guard answer.rows.count > 1, answer.columns.contains(where: { $0.role == .group }),
      let column = answer.columns.firstIndex(where: { $0.isShown && $0.isNumeric })
    else { return nil }
    title = answer.columns[column].title
    let values = answer.rows.map { $0[column].number ?? 0 }
    let (low, high) = (min(0, values.min() ?? 0), max(0, values.max() ?? 0))
    guard high > low else { return nil }
    let unit = Double(min(Self.longest, room)) / (high - low)
    let left = Int((-low * unit).rounded(.up))
    bars = values.map { Self.bar($0, unit: unit, left: left) }
  }

  /// - Parameters:
  ///   - unit: columns for one.
  ///   - left: columns left of zero.
  static func bar(_ value: Double, unit: Double, left: Int) -> String {
    if value >= 0 { return String(repeating: " ", count: left) + bar(value * unit) }
    let length = max(1, Int((-value * unit).rounded()))
    return String(repeating: " ", count: max(0, left - length)) + String(repeating: DrawingSigns.current.bar, count: length)
  }

  /// To an eighth of a column, or to half of one where eighths cannot be drawn.
  private static func bar(_ length: Double) -> String {
    let signs = DrawingSigns.current
    let steps = signs.barParts.count + 1
    let units = Int((length * Double(steps)).rounded())
    let rest = units % steps
    return String(repeating: signs.bar, count: units / steps) + (rest == 0 ? "" : String(signs.barParts[rest - 1]))
  }
}
