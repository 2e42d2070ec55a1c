import SampleData

/// Draws texts nobody would type, and texts somebody nearly typed: questions with characters lost, doubled, swapped, and
/// pieces of others in them.
struct RandomInputs {
  private var random: SplitMix64
  private let questions: [[Unicode.Scalar]]

  init(seed: UInt64, from questions: [String]) {
    random = SplitMix64(seed: SplitMix64.mixed(seed))
    self.questions = questions.map { Array($0.unicodeScalars) }
  }

  mutating func text() -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: random.below(20) == 0 ? noise(random.below(60)) : mutated())
    return String(text)
  }

  private mutating func mutated() -> [Unicode.Scalar] {
    var text = questions[random.below(questions.count)]
    for _ in 0...random.below(5) { change(&text) }
    return text
  }

  private mutating func change(_ text: inout [Unicode.Scalar]) {
    guard !text.isEmpty else {
      text = noise(3)
      return
    }
    let place = random.below(text.count)
    let length = min(1 + random.below(6), text.count - place)
    switch random.below(9) {
    case 0: text.removeSubrange(place..<(place + length))
    case 1: text.insert(contentsOf: text[place..<(place + length)], at: place)
    case 2: text.swapAt(place, random.below(text.count))
    case 3: text.insert(contentsOf: noise(1 + random.below(3)), at: place)
    case 4: text[place] = noise(1)[0]
    case 5: text += questions[random.below(questions.count)]
    case 6:
      let other = questions[random.below(questions.count)]
      text = Array(text[..<place]) + other.suffix(random.below(other.count + 1))
    case 7: text.reverse()
    default: text.insert(contentsOf: [" ", ",", "，", "的", "and", "不", "(", "“"][random.below(8)].unicodeScalars, at: place)
    }
  }

  /// Scalars of every plane; surrogates are none.
  private mutating func noise(_ count: Int) -> [Unicode.Scalar] {
    (0..<count).map { _ in
      let ranges: [ClosedRange<Int>] = [0x20...0x7E, 0x4E00...0x9FFF, 0x2000...0x2FFF, 0x0...0x7FF, 0xE000...0x10FFFF, 0x3000...0x30FF, 0xFF00...0xFFEF]
      return Unicode.Scalar(UInt32(random.within(ranges[random.below(ranges.count)]))) ?? "?"
    }
  }
}
