/// A cover of the beginning of a text, as its last step: what was before is on the trail.
struct PartialCover {
  var cost = 0
  var fillerCost = 0
  /// −1 before the first.
  var step: Int32 = -1
  /// With the next, what tells two covers apart.
  var meaning: Int32 = 0
  var unknownRuns: Int32 = 0
  var unknownEnd: Int32 = -1
}

/// The cheapest partial covers of one beginning that differ in what they mean, in order; of equal cost the one that came first.
struct Beam {
  private(set) var covers: [PartialCover] = []
  /// How many are kept.
  private let width: Int

  init(width: Int) { self.width = width }

  /// Whether a cover of this cost would be kept by nobody: as many that came before are as cheap.
  func isBeyond(_ cost: Int) -> Bool { covers.count == width && cost >= covers[width - 1].cost }

  mutating func insert(_ cover: PartialCover) {
    if isBeyond(cover.cost) { return }
    var place = covers.count
    for (index, other) in covers.enumerated() where other.meaning == cover.meaning && other.unknownRuns == cover.unknownRuns {
      if other.cost <= cover.cost { return }
      place = index
      break
    }
    if place == covers.count {
      if place == width { place -= 1 } else { covers.append(cover) }
    }
    while place > 0, covers[place - 1].cost > cover.cost {
      covers[place] = covers[place - 1]
      place -= 1
    }
    covers[place] = cover
  }
}

/// The steps of all partial covers, each with the one before it, and their meanings by number.
struct CoverTrail {
  enum Step {
    case phrase(Int32), filler(Int32)
    case unknown(Int32, Int32)
    /// The run goes on to here.
    case moreUnknown(Int32)
  }

  private(set) var steps: [(step: Step, before: Int32)] = []
  private var sequences = NumberMap(capacity: 256)
  private var count: Int32 = 0

  init() { steps.reserveCapacity(512) }

  mutating func append(_ step: Step, after before: Int32) -> Int32 {
    steps.append((step, before))
    return Int32(steps.count - 1)
  }

  /// The number of a list of meanings that goes on with another one; 0 is the empty list.
  mutating func meaning(_ before: Int32, then meaning: Int32) -> Int32 {
    let key = UInt64(before) << 32 | UInt64(meaning)
    let known = sequences[key]
    if known != NumberMap.missing { return known }
    count += 1
    sequences[key] = count
    return count
  }

  func cover(_ partial: PartialCover) -> Cover {
    var way: [Step] = []
    var place = partial.step
    while place >= 0 {
      way.append(steps[Int(place)].step)
      place = steps[Int(place)].before
    }
    var cover = Cover(cost: partial.cost, phrases: [], fillers: [], fillerCost: partial.fillerCost, unknown: [])
    for step in way.reversed() {
      switch step {
      case .phrase(let id): cover.phrases.append(Int(id))
      case .filler(let id): cover.fillers.append(Int(id))
      case .unknown(let start, let end): cover.unknown.append(Int(start)..<Int(end))
      case .moreUnknown(let end): cover.unknown[cover.unknown.count - 1] = cover.unknown[cover.unknown.count - 1].lowerBound..<Int(end)
      }
    }
    return cover
  }
}

/// Covers in their order, each put together when it is asked for: most questions look at the first few.
struct Covers: RandomAccessCollection {
  let partials: [PartialCover]
  let trail: CoverTrail

  var startIndex: Int { 0 }
  var endIndex: Int { partials.count }
  subscript(place: Int) -> Cover { trail.cover(partials[place]) }
}
