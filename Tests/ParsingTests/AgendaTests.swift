import Testing

@testable import Parsing

@Suite struct AgendaTests {
  private func phrase(_ name: String, start: Int, cost: Int) -> Phrase {
    Phrase(category: 0, start: start, end: 9, meaning: .items([]), cost: cost, rule: nil, name: name, children: [])
  }

  /// What starts last comes first, of those the cheapest, of those the first.
  @Test func order() {
    var agenda = Agenda()
    for (name, start, cost) in [("d", 2, 5), ("f", 0, 1), ("a", 7, 9), ("b", 2, 1), ("e", 2, 8), ("c", 2, 1)] {
      agenda.insert(phrase(name, start: start, cost: cost))
    }
    var taken = ""
    while let next = agenda.takeNext() { taken += next.name }
    #expect(taken == "abcdef")
  }

  /// What is put in between is taken in its turn.
  @Test func insertingInBetween() {
    var agenda = Agenda()
    agenda.insert(phrase("x", start: 3, cost: 2))
    agenda.insert(phrase("y", start: 1, cost: 0))
    #expect(agenda.takeNext()?.name == "x")
    agenda.insert(phrase("z", start: 2, cost: 7))
    #expect(agenda.takeNext()?.name == "z")
    #expect(agenda.takeNext()?.name == "y")
    #expect(agenda.takeNext()?.name == nil)
  }
}
