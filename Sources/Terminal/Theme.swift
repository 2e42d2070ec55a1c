/// Colours for people with a terminal, or none. Only texts of ours are painted; data is made safe before.
package struct Theme: Hashable, Sendable {
  /// What a piece of text is.
  package enum Role: Hashable, Sendable { case headline, header, rule, label, notice, choice, faint, failure, good, bad }

  package let isColoured: Bool
  private init(isColoured: Bool) { self.isColoured = isColoured }

  /// No escape sequences at all: for files, pipes and tests.
  package static let plain = Theme(isColoured: false)
  /// ANSI colours that are readable on dark and light grounds.
  package static let coloured = Theme(isColoured: true)

  /// The text with its colour on and off around it; empty texts stay empty.
  package func paint(_ text: String, as role: Role) -> String {
    guard isColoured, !text.isEmpty else { return text }
    return "\u{1B}[" + code(role) + "m" + text + "\u{1B}[0m"
  }

  /// Likewise for a line or bar of a picture, by its number.
  package func paint(_ text: String, series: Int) -> String {
    guard isColoured, !text.isEmpty else { return text }
    return "\u{1B}[" + Theme.series[series % Theme.series.count] + "m" + text + "\u{1B}[0m"
  }

  private static let series = ["36", "33", "35", "32", "34", "31", "96", "93"]

  private func code(_ role: Role) -> String {
    switch role {
    case .headline, .header: "1"
    case .rule, .label, .faint: "2"
    case .notice: "33"
    case .choice: "36"
    case .failure, .bad: "31"
    case .good: "32"
    }
  }
}
