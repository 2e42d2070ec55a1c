import Foundation
import GRDB
import SQLText
import SampleData
import Testing

@testable import Warehouse

/// Sets of members as blobs, and their union in SQLite.
@Suite struct MemberSetTests {
  private func count(_ blobs: [[UInt8]?]) throws -> Int? {
    let queue = try DatabaseQueue()
    return try queue.write { db in
      MemberSet.addFunction(to: db)
      try db.execute(sql: "CREATE TABLE sets (members BLOB)")
      for blob in blobs { try db.execute(sql: "INSERT INTO sets VALUES (?)", arguments: [blob.map { Data($0) }]) }
      return try Int.fetchOne(db, sql: "SELECT \(SQLiteDialect.AddedFunction.memberCount)(members) FROM sets")
    }
  }

  @Test func noSetHasNoMembers() throws {
    #expect(try count([]) == 0)
    #expect(try count([nil]) == 0)
    #expect(try count([MemberSet.blob([UInt32]())]) == 0)
  }

  @Test func oneSetAloneIsCounted() throws { #expect(try count([MemberSet.blob([0, 1, 65_535, 65_536, .max])]) == 5) }

  /// Few and many in a block, blocks apart and shared, sets that repeat: always as many as Swift's own sets have.
  @Test func aUnionHasEachMemberOnce() throws {
    var random = SplitMix64(seed: 7)
    for _ in 0..<60 {
      var all: Set<UInt32> = []
      let reach = [100, 70_000, 9_000_000, Int(UInt32.max)][random.below(4)]
      let blobs = (0..<random.below(6)).map { _ -> [UInt8]? in
        let size = [0, 3, 4095, 4096, 4097, 30_000][random.below(6)]
        let own = Set((0..<size).map { _ in UInt32(random.below(reach)) })
        all.formUnion(own)
        return MemberSet.blob(own.sorted())
      }
      #expect(try count(blobs) == all.count)
    }
  }

  /// Members that come one by one, with the buffer united again and again: blobs are those of all members at once, whether a
  /// block is a list, a bitmap or becomes one.
  @Test func gatheredSetsAreTheWholeOnes() {
    var random = SplitMix64(seed: 11)
    for (count, reach) in [(20_000, 9_000), (20_000, 5_000), (5_000, 300_000), (400, Int(UInt32.max)), (3, 3), (70_000, 65_536)] {
      var gathering = MemberGathering(mostWaiting: 1_000)
      let first = gathering.makeSets(3)
      var all: [Set<UInt32>] = [[], [], []]
      for _ in 0..<count {
        let (set, member) = (random.below(2), UInt32(random.below(reach)))
        all[set].insert(member)
        gathering.add(member, to: first + set)
      }
      gathering.unite()
      for set in 0..<3 { #expect(gathering.blob(first + set) == MemberSet.blob(all[set].sorted())) }
      #expect(gathering.bytes < all.reduce(0) { $0 + $1.count } * 7 + 3 * 9_000)
    }
  }

  @Test func cellsAreFoundAndSorted() {
    var random = SplitMix64(seed: 5)
    let table = CellTable()
    var known: [[UInt64]: Int] = [:]
    for _ in 0..<20_000 {
      let cell = [UInt64(random.below(9)), UInt64(random.below(700))]
      let place = table.place(cell[0], cell[1])
      #expect(place == known[cell] ?? known.count)
      known[cell] = place
    }
    #expect(table.count == known.count && table.find(3, 9_999) == nil && table.find(99, 1) == nil)
    let sorted = table.sorted()
    #expect(sorted.map { [$0.unit, $0.codes] } == known.keys.sorted { $0.lexicographicallyPrecedes($1) })
    #expect(sorted.allSatisfy { known[[$0.unit, $0.codes]] == $0.place && table.find($0.unit, $0.codes) == $0.place })
  }

  @Test func bytesThatAreNoSetAreAnError() {
    #expect(throws: (any Error).self) { try count([[1, 0], [2, 0, 0, 0]]) }
    #expect(throws: (any Error).self) { try count([MemberSet.blob([1, 2]), Array(MemberSet.blob([1, 2, 3]).dropLast())]) }
  }

  @Test func numbersAreSortedHalfAWordAtATime() {
    var random = SplitMix64(seed: 3)
    var numbers = (0..<10_000).map { _ in UInt64(random.below(1 << 40)) }
    let sorted = numbers.sorted()
    RadixSort.sort(&numbers)
    #expect(numbers == sorted)
  }
}
