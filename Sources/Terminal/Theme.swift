/// Colours for people with a terminal, or none. Only texts of ours are painted; data is made safe before.
package struct Theme: Hashable, Sendable {
  /// What a piece of text is.
  package enum Role: Hashable, Sendable { case headline, header, rule, label, notice, choice, faint, failure }

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

  private func code(_ role: Role) -> String {
    switch role {
    case .headline, .header: "1"
    case .rule, .label, .faint: "2"
    case .notice: "33"
    case .choice: "36"
    case .failure: "31"
    }
  }
}
