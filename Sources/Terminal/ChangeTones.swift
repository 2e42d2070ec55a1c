import Answers

/// How changes are painted: green where they go the metric's good way, red where they go the other. A metric without a good
/// direction, and no change at all, stay as they are.
enum ChangeTones {
  static func of(_ answer: Answer) -> [[Theme.Role?]] {
    let shown = answer.columns.indices.filter { answer.columns[$0].isShown }
    let signs = shown.map { sign(answer.columns[$0], answer) }
    guard signs.contains(where: { $0 != nil }) else { return [] }
    return answer.rows.map { row in
      zip(shown, signs).map { column, sign in
        guard let sign, column < row.count, let number = row[column].number, number != 0 else { return nil }
        return number * sign > 0 ? .good : .bad
      }
    }
  }

  /// 1 where more is better, -1 where less is; nil for columns that are no change.
  private static func sign(_ column: AnswerColumn, _ answer: Answer) -> Double? {
    guard [.change, .growth].contains(column.role) else { return nil }
    let named = answer.metrics.filter { column.name.hasPrefix($0.name + "_") }.max { $0.name.count < $1.name.count }
    let metric = answer.metrics.count == 1 ? answer.metrics.first : named
    switch metric?.direction.rawValue {
    case "up": return 1
    case "down": return -1
    default: return nil
    }
  }
}
