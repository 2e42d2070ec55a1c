import Testing

@testable import Planning

@Suite struct PlanValueTests {
  private func exact(_ name: String, _ scale: Int) -> PlanValue { PlanValue(.field("t", name), .number(scale: scale)) }

  @Test func numbersKeepTheirDecimals() {
    #expect(PlanValue.number(0.07) == PlanValue(.literal(.integer(7)), .number(scale: 2)))
    #expect(PlanValue.number(-2.5) == PlanValue(.literal(.integer(-25)), .number(scale: 1)))
    #expect(PlanValue.number(500_000).type == .number(scale: 0))
    #expect(PlanValue.number(1.0 / 3).type == .real)
  }

  @Test func sumsAlignScales() {
    let sum = PlanValue.combine(.plus, exact("a", 2), exact("b", 0))
    #expect(sum.type == .number(scale: 2))
    #expect(sum.expression == .arithmetic(.plus, .field("t", "a"), .arithmetic(.times, .field("t", "b"), .constant(100))))
  }

  @Test func productsAddScales() {
    #expect(PlanValue.combine(.times, exact("a", 2), exact("b", 3)).type == .number(scale: 5))
    #expect(PlanValue.combine(.times, exact("a", 2), PlanValue(.field("t", "r"), .real)).type == .real)
  }

  @Test func quotientsAreReal() {
    #expect(PlanValue.combine(.dividedBy, exact("a", 2), exact("b", 2)).expression == .quotient(.field("t", "a"), .field("t", "b")))
    #expect(PlanValue.combine(.dividedBy, exact("a", 2), exact("b", 0)).type == .real)
  }
}
