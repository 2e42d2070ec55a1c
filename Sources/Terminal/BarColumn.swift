import Answers
import Tables

/// Bars beside the rows of a table, one unit of length for all: from zero to the right, and to the left below zero.
struct BarColumn {
  /// In columns of the terminal.
  static let longest = 24

  let bars: [String]

  /// Of the first numbers shown in each row; nil where there are fewer than two rows to compare, or no numbers.
  init?(_ answer: Answer) {
    guard answer.rows.count > 1, answer.columns.contains(where: { $0.role == .group }),
      let column = answer.columns.firstIndex(where: { $0.isShown && $0.isNumeric })
    else { return nil }
    let values = answer.rows.map { $0[column].number ?? 0 }
    let (low, high) = (min(0, values.min() ?? 0), max(0, values.max() ?? 0))
    guard high > low else { return nil }
    let unit = Double(Self.longest) / (high - low)
    let left = Int((-low * unit).rounded(.up))
    bars = values.map { Self.bar($0, unit: unit, left: left) }
  }

  /// - Parameters:
  ///   - unit: columns for one.
  ///   - left: columns left of zero.
  static func bar(_ value: Double, unit: Double, left: Int) -> String {
    if value >= 0 { return String(repeating: " ", count: left) + bar(value * unit) }
    let length = max(1, Int((-value * unit).rounded()))
    return String(repeating: " ", count: max(0, left - length)) + String(repeating: "█", count: length)
  }

  /// To an eighth of a column.
  private static func bar(_ length: Double) -> String {
    let eighths = Int((length * 8).rounded())
    let rest = eighths % 8
    return String(repeating: "█", count: eighths / 8) + (rest == 0 ? "" : String(["▏", "▎", "▍", "▌", "▋", "▊", "▉"][rest - 1]))
  }
}
