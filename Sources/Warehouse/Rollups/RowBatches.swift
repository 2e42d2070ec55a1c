import Dispatch

/// Hands rows in batches to another thread, in their order: cells are filled there while the next rows are read here.
///
/// Two batches wait at most.
final class RowBatches {
  private struct Memory: @unchecked Sendable {
    let days: UnsafeMutablePointer<Int64?>
    let codes: UnsafeMutablePointer<UInt64>
    let meets: UnsafeMutablePointer<Bool>
    let present: UnsafeMutablePointer<Bool>
    let numbers: UnsafeMutablePointer<Int64>
    let members: UnsafeMutablePointer<UInt32>
  }
  /// What takes the rows; only one thread at a time does.
  private struct Taker: @unchecked Sendable { let filling: RollupFilling }

  private static let size = 1024
  private let widths: (codes: Int, filters: Int, arguments: Int, members: Int)
  private let taker: Taker
  private let batches: [Memory]
  private let queue = DispatchQueue(label: "rollups")
  private let free: DispatchSemaphore
  private var (batch, count) = (0, 0)

  init(_ filling: RollupFilling, _ pass: RollupPass) {
    let widths = (filling.shapes.count, pass.base.filters.count, pass.argumentCount, pass.sets.count)
    func room<Value>(_ width: Int, _ value: Value) -> UnsafeMutablePointer<Value> {
      let room = UnsafeMutablePointer<Value>.allocate(capacity: max(1, width * Self.size))
      room.initialize(repeating: value, count: max(1, width * Self.size))
      return room
    }
    self.widths = widths
    taker = Taker(filling: filling)
    batches = (0..<3).map { _ in
      Memory(
        days: room(1, nil), codes: room(widths.0, 0), meets: room(widths.1, false), present: room(widths.2, false), numbers: room(widths.2, 0),
        members: room(widths.3, 0))
    }
    free = DispatchSemaphore(value: 2)
  }

  deinit {
    queue.sync {}
    for batch in batches {
      batch.days.deallocate()
      batch.codes.deallocate()
      batch.meets.deallocate()
      batch.present.deallocate()
      batch.numbers.deallocate()
      batch.members.deallocate()
    }
  }

  /// - Parameter member: the number of the member of each argument of sets.
  func add(_ row: RollupPass.Row, member: (Int) throws -> UInt32) rethrows {
    let own = batches[batch]
    own.days[count] = row.day
    (own.codes + count * widths.codes).update(from: row.codes, count: widths.codes)
    (own.meets + count * widths.filters).update(from: row.meets, count: widths.filters)
    (own.present + count * widths.arguments).update(from: row.present, count: widths.arguments)
    (own.numbers + count * widths.arguments).update(from: row.numbers, count: widths.arguments)
    for set in 0..<widths.members { own.members[count * widths.members + set] = try member(set) }
    count += 1
    if count == Self.size { hand() }
  }

  /// Hands over what there is and waits until all is taken.
  func finish() {
    if count > 0 { hand() }
    queue.sync {}
  }

  private func hand() {
    let (own, rows, widths, taker, free) = (batches[batch], count, widths, taker, free)
    queue.async {
      for row in 0..<rows {
        let read = RollupPass.Row(
          day: own.days[row], codes: own.codes + row * widths.codes, meets: own.meets + row * widths.filters,
          present: own.present + row * widths.arguments, numbers: own.numbers + row * widths.arguments)
        taker.filling.take(read, own.members + row * widths.members)
      }
      free.signal()
    }
    (batch, count) = ((batch + 1) % batches.count, 0)
    free.wait()
  }
}
