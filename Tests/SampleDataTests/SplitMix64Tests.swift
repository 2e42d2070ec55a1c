import Testing

@testable import SampleData

@Suite struct SplitMix64Tests {
  /// The reference values of the published algorithm for seed 0.
  @Test func sequenceIsThePublishedOne() {
    var random = SplitMix64(seed: 0)
    #expect(random.next() == 0xE220_A839_7B1D_CDAF)
    #expect(random.next() == 0x6E78_9E6A_A1B9_65F4)
    #expect(random.next() == 0x06C4_5D18_8009_454F)
  }

  @Test func drawsStayInBounds() {
    var random = SplitMix64(seed: 7)
    for _ in 0..<1000 {
      #expect((0..<3).contains(random.below(3)))
      #expect((5...12).contains(random.within(5...12)))
      #expect((0..<1).contains(random.fraction()))
      #expect((2...3).contains(random.rounded(2.5)))
    }
  }

  @Test func weightTableLeavesOutZeros() {
    let table = WeightTable([0, 2, 0, 1, 0])
    #expect(table.total == 3)
    #expect((0..<3).map(table.index(of:)) == [1, 1, 3])
  }

  @Test func roundingKeepsTheMean() {
    var random = SplitMix64(seed: 3)
    let sum = (0..<20_000).map { _ in random.rounded(0.25) }.reduce(0, +)
    #expect((4_800...5_200).contains(sum))
  }
}
