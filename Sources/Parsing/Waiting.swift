/// By position and category, the partials of a chart that go on with such a phrase there, and along which arc.
///
/// Lists that share one array: a question makes thousands of them, most with one member.
struct Waiting {
  struct Member {
    var partial: Int
    var arc: Int
    /// The place of the next one of the same position and category; −1 behind the last.
    var next: Int
  }

  private var members: [Member] = []
  /// By position; empty where nothing waits.
  private var ends: [[(first: Int32, last: Int32)]]
  private let categories: Int

  init(positions: Int, categories: Int) {
    self.categories = categories
    ends = Array(repeating: [], count: positions)
  }

  subscript(place: Int) -> Member { members[place] }

  /// The place of the one that came first; −1 if there is none.
  func first(at position: Int, _ category: Int) -> Int { ends[position].isEmpty ? -1 : Int(ends[position][category].first) }

  mutating func add(_ partial: Int, along arc: Int, at position: Int, _ category: Int) {
    let place = members.count
    members.append(Member(partial: partial, arc: arc, next: -1))
    if ends[position].isEmpty { ends[position] = Array(repeating: (-1, -1), count: categories) }
    let last = Int(ends[position][category].last)
    if last < 0 { ends[position][category].first = Int32(place) } else { members[last].next = place }
    ends[position][category].last = Int32(place)
  }
}
