import Testing

@testable import Parsing

@Suite struct AgendaTests {
  /// What ends first comes first, of those what starts last, of those the cheapest, of those the first.
  @Test func order() {
    var agenda = Agenda()
    for (number, (start, end, cost)) in [(2, 9, 5), (0, 9, 1), (7, 9, 9), (2, 9, -1), (0, 3, 0), (2, 9, 8), (2, 9, -1)].enumerated() {
      agenda.insert(number, start: start, end: end, cost: cost)
    }
    var taken: [Int] = []
    while let next = agenda.takeNext() { taken.append(next) }
    #expect(taken == [4, 2, 3, 6, 0, 5, 1])
  }

  /// What is put in between is taken in its turn.
  @Test func insertingInBetween() {
    var agenda = Agenda()
    agenda.insert(0, start: 3, end: 9, cost: 2)
    agenda.insert(1, start: 1, end: 9, cost: 0)
    #expect(agenda.takeNext() == 0)
    agenda.insert(2, start: 2, end: 9, cost: 7)
    #expect(agenda.takeNext() == 2)
    #expect(agenda.takeNext() == 1)
    #expect(agenda.takeNext() == nil)
  }
}
