import CivilTime
import Metrics
import Questions
import SourceText
import Tables

/// Group keys in words.
extension AnswerColumns {
  /// A group key in words: a value's title, a weekday's name; time labels as they are.
  func member(_ cell: Cell, of grouping: Grouping) -> String {
    let text = cell.plainText
    if cell.isNull { return words.missingMember }
    if text.isEmpty { return words.blankMember }
    switch grouping {
    case .time: return text
    case .part(let part): return cell.number.map { partText(part, Int($0)) } ?? text
    case .dimension(let name): return value(text, of: name)
    case .ranges: return text
    case .bucket(_, let width): return range(cell, width ?? 1)
    }
  }

  /// `[100, 200)`: from here, up to but not with the start of the next.
  private func range(_ start: Cell, _ width: Double) -> String {
    func told(_ number: Double) -> String { ExactDecimal(number)?.fullText(grouped: true) ?? Term.numberText(number) }
    guard case .decimal(let units, let scale) = start else {
      let low = start.number ?? 0
      return "[\(told(low)), \(told(low + width)))"
    }
    let high = Double(units) + (width * Cell.power(scale)).rounded()
    return "[\(told(Double(units) / Cell.power(scale))), \(told(high / Cell.power(scale))))"
  }

  private func value(_ stored: String, of dimension: String) -> String {
    let title = names.value(stored, of: dimension)
    guard title == stored, let known = names.dictionary.dimension(dimension) else { return title }
    guard known.kind == .flag || known.type == .boolean else { return title }
    switch stored {
    case "1", "true": return words.yes
    case "0", "false": return words.no
    default: return title
    }
  }

  /// Weekdays are short in English tables: `Mon`.
  private func partText(_ part: TimePart, _ value: Int) -> String {
    let text = wording.partValue(part, value)
    return part == .weekday && names.language == .english ? String(text.prefix(3)) : text
  }
}
