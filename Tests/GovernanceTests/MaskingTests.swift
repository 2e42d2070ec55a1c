import Governance
import Tables
import Testing

@Suite struct MaskingTests {
  private func table(_ sizes: [Int64]) -> ResultTable {
    ResultTable(
      columns: ["city", "sales", "rows"],
      rows: sizes.enumerated().map { [.text("city \($0)"), .integer(Int64($0) * 10), .integer($1)] })
  }

  private func sales(_ masking: Masking, _ sizes: [Int?]) -> [Cell] {
    masking.masked(table(sizes.map { Int64($0 ?? 0) }), keys: ["city"], sizes: sizes).table.rows.map { $0[1] }
  }

  @Test func smallGroupsKeepTheirNameAndLoseTheirNumbers() {
    let (masked, rows) = Masking(smallestGroup: 5).masked(table([3, 9, 4]), keys: ["city"], sizes: [3, 9, 4])
    #expect(rows == [0, 2])
    #expect(masked.rows[0] == [.text("city 0"), .null, .null])
    #expect(masked.rows[1] == [.text("city 1"), .integer(10), .integer(9)])
    #expect(masked.rows[2][0] == .text("city 2"))
  }

  /// With one hidden group and a total, the hidden number is a subtraction away.
  @Test func aSingleSmallGroupTakesTheNextSmallestAlong() {
    #expect(sales(Masking(smallestGroup: 5), [3, 9, 7]) == [.null, .integer(10), .null])
  }

  @Test func theBoundItselfIsEnough() {
    #expect(sales(Masking(smallestGroup: 5), [5, 6]) == [.integer(0), .integer(10)])
  }

  @Test func aGroupOfNoRowsHasNothingToHideAndHidesNothing() {
    #expect(sales(Masking(smallestGroup: 5), [0, 6]) == [.integer(0), .integer(10)])
    #expect(sales(Masking(smallestGroup: 5), [0, 3, 6]) == [.integer(0), .null, .null])
  }

  @Test func unknownSizesCountAsTooSmall() {
    #expect(sales(Masking(smallestGroup: 1), [9, nil, 7]) == [.integer(0), .null, .null])
    let (masked, rows) = Masking(smallestGroup: 2).masked(table([9, 9]), keys: ["city"], sizes: [])
    #expect(rows == [0, 1] && masked.rows.allSatisfy { $0[1] == .null })
  }

  @Test func hiddenColumnsAreEmpty() {
    let masking = Masking(hiddenColumns: ["city", "no such"])
    let (masked, rows) = masking.masked(table([1]), keys: [], sizes: [])
    #expect(rows.isEmpty && masked.rows == [[.null, .integer(0), .integer(1)]])
  }
}
