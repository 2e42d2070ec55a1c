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

/// Arrows behind changes: `+75.93% ▲`, so that ups and downs are seen without reading, and without colour.
///
/// Of a change and its growth beside each other the growth has the arrow. No change has none.
enum ChangeMarks {
  static func texts(_ answer: Answer) -> [[String]] {
    let shown = answer.columns.indices.filter { answer.columns[$0].isShown }
    let marked = shown.indices.filter { place in
      let role = answer.columns[shown[place]].role
      let isFollowed = place + 1 < shown.count && answer.columns[shown[place + 1]].role == .growth
      return role == .growth || (role == .change && !isFollowed)
    }
    var texts = answer.shownTexts
    for place in marked {
      let arrows = texts.map { place < $0.count ? arrow($0[place]) : nil }
      if !arrows.contains(where: { $0 != nil }) { continue }
      for row in texts.indices where place < texts[row].count {
        texts[row][place] += " " + (arrows[row].map(String.init) ?? String(repeating: " ", count: DisplayWidth.of("▲")))
      }
    }
    return texts
  }

  /// By what is read: a change that is rounded to nothing is none.
  private static func arrow(_ text: String) -> Character? {
    text.hasPrefix("+") ? "▲" : text.hasPrefix("-") ? "▼" : nil
  }
}
