import Testing

@testable import Terminal

/// Labels beside the ends of lines.
@Suite struct LabelPlacesTests {
  @Test(arguments: [
    // Apart already: each where it wants to stand.
    ([1.0, 5.0, 9.0], [1.0, 5.0, 9.0]),
    // Two at one place stand around it, in their order.
    ([4.0, 4.0], [3.5, 4.5]),
    // The order of lines is the order of names, however the lines are listed.
    ([8.0, 1.0, 7.9], [8.45, 1.0, 7.45]),
    // At an edge they stand as near as there is room.
    ([0.0, 0.0, 0.0], [0.0, 1.0, 2.0]), ([10.0, 10.0], [9.0, 10.0]),
    ([], []),
  ])
  func `labels keep their order and their distance`(wanted: [Double], expected: [Double]) {
    let places = LabelPlaces.apart(wanted, by: 1, within: 10)
    #expect(places.count == expected.count)
    #expect(zip(places, expected).allSatisfy { abs($0 - $1) < 1e-9 }, "\(places)")
  }

  /// More labels than there is room for keep their distance and go beyond the end.
  @Test func `too many labels never stand over each other`() {
    let places = LabelPlaces.apart(Array(repeating: 3, count: 15), by: 1, within: 10)
    #expect(zip(places, places.dropFirst()).allSatisfy { $1 - $0 >= 1 - 1e-9 })
    #expect(places.first == 0)
  }
}
