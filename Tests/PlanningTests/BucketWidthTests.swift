import Testing

@testable import Planning

/// Widths that are chosen for ranges.
@Suite struct BucketWidthTests {
  @Test(arguments: [
    (0.0...1000.0, 100.0), (3.5...1987.2, 200), (0...37, 5), (12...13, 0.1), (-500...500, 100), (0...0.08, 0.01), (7...7, 0.5),
  ])
  func aboutTenRanges(_ test: (values: ClosedRange<Double>, width: Double)) {
    #expect(BucketWidth.readable(for: test.values, whole: false) == test.width)
  }

  @Test func wholeNumbersAreNotCut() {
    #expect(BucketWidth.readable(for: 1...4, whole: true) == 1)
    #expect(BucketWidth.readable(for: 5...5, whole: true) == 1)
    #expect(BucketWidth.readable(for: 0...200, whole: true) == 20)
  }
}
