/// Colours for people with a terminal, or none. Only texts of ours are painted; data is made safe before.
package struct Theme: Hashable, Sendable {
  /// What a piece of text is.
  package enum Role: Hashable, Sendable { case headline, header, rule, label, notice, choice, faint, failure, good, bad }

  package let isColoured: Bool
  /// The ground is light for certain: no yellow on it, and no bright colours.
  private let isOnLight: Bool
  private init(isColoured: Bool, isOnLight: Bool = false) {
    self.isColoured = isColoured
    self.isOnLight = isOnLight
  }

  /// No escape sequences at all: for files, pipes and tests.
  package static let plain = Theme(isColoured: false)
  /// ANSI colours that are readable on dark and light grounds.
  package static let coloured = Theme(isColoured: true)
  /// Likewise for a ground that is known to be light.
  package static let colouredOnLight = Theme(isColoured: true, isOnLight: true)

  /// By what terminals say of their colours: `COLORFGBG` is `0;15` or `0;default;15`, the ground last.
  package static func coloured(ground: String?) -> Theme {
    guard let last = ground?.split(separator: ";").last, let colour = Int(last) else { return .coloured }
    return colour == 7 || (9...15).contains(colour) ? .colouredOnLight : .coloured
  }

  /// The text with its colour on and off around it; empty texts stay empty.
  package func paint(_ text: String, as role: Role) -> String {
    guard isColoured, !text.isEmpty else { return text }
    return "\u{1B}[" + code(role) + "m" + text + "\u{1B}[0m"
  }

  /// Likewise for a line or bar of a picture, by its number.
  package func paint(_ text: String, series: Int) -> String {
    guard isColoured, !text.isEmpty else { return text }
    let colours = isOnLight ? Theme.seriesOnLight : Theme.series
    return "\u{1B}[" + colours[series % colours.count] + "m" + text + "\u{1B}[0m"
  }

  private static let series = ["36", "33", "35", "32", "34", "31", "96", "95"]
  private static let seriesOnLight = ["34", "35", "32", "31", "36", "30", "2;34", "2;35"]

  private func code(_ role: Role) -> String {
    switch role {
    case .headline, .header: "1"
    case .rule, .label, .faint: "2"
    case .notice: isOnLight ? "35" : "33"
    case .choice: isOnLight ? "34" : "36"
    case .failure, .bad: "31"
    case .good: "32"
    }
  }
}
