import CivilTime
import Questions

/// Makes a failure smaller as long as it fails, so that what is wrong stands alone.
struct Reduction {
  private var made: MadeDataset
  private var question: Question
  private var text: String
  private var tries = 0

  init(_ made: MadeDataset, _ question: Question, _ text: String) {
    (self.made, self.question, self.text) = (made, question, text)
  }

  func smallest() -> (MadeDataset, Question, String) {
    var copy = self
    copy.reduce()
    return (copy.made, copy.question, copy.text)
  }

  private mutating func reduce() {
    var isSmaller = true
    while isSmaller, tries < 1_500 {
      isSmaller = reduceQuestion()
      isSmaller = reduceRows() || isSmaller
      isSmaller = reduceNames() || isSmaller
    }
  }

  /// Takes a smaller failure if it is one.
  private mutating func takes(_ made: MadeDataset, _ question: Question) -> Bool {
    tries += 1
    guard let dataset = try? OpenedDataset(made), case .differs(let text) = Trial(dataset: dataset, question: question).verdict()
    else { return false }
    (self.made, self.question, self.text) = (made, question, text)
    return true
  }

  private mutating func reduceQuestion() -> Bool {
    guard let dataset = try? OpenedDataset(made) else { return false }
    for candidate in Reduction.smaller(question) where candidate.description.count < question.description.count {
      tries += 1
      guard case .differs(let text) = Trial(dataset: dataset, question: candidate).verdict() else { continue }
      (question, self.text) = (candidate, text)
      return true
    }
    return false
  }

  private mutating func reduceRows() -> Bool {
    var isSmaller = false
    for table in made.tables.indices {
      var size = max(1, made.tables[table].rows.count / 2)
      while size >= 1 {
        var start = 0
        while start < made.tables[table].rows.count {
          var fewer = made
          fewer.tables[table].rows.removeSubrange(start..<min(start + size, fewer.tables[table].rows.count))
          if takes(fewer, question) { isSmaller = true } else { start += size }
        }
        size /= 2
      }
    }
    return isSmaller
  }

  private mutating func reduceNames() -> Bool {
    var isSmaller = false
    func without<T>(_ items: [T], _ index: Int) -> [T] { Array(items[..<index] + items[(index + 1)...]) }
    for index in made.metrics.indices.reversed() where index < made.metrics.count {
      var fewer = made
      fewer.metrics = without(made.metrics, index)
      isSmaller = takes(fewer, question) || isSmaller
    }
    for index in made.dimensions.indices.reversed() where index < made.dimensions.count {
      var fewer = made
      if fewer.hierarchy.contains(made.dimensions[index].name) { fewer.hierarchy = [] }
      fewer.dimensions = without(made.dimensions, index)
      isSmaller = takes(fewer, question) || isSmaller
    }
    for index in made.tables.indices.reversed() where index < made.tables.count {
      var fewer = made
      fewer.tables = without(made.tables, index)
      isSmaller = takes(fewer, question) || isSmaller
    }
    return isSmaller
  }

  /// Questions with one thing less.
  private static func smaller(_ question: Question) -> [Question] {
    var result: [Question] = []
    func add(_ change: (inout Question) -> Void) {
      var copy = question
      change(&copy)
      result.append(copy)
    }
    add { $0.conditions = [] }
    add { ($0.groups, $0.thresholds, $0.ranking, $0.order, $0.share) = ([], [], nil, [], nil) }
    add { $0.period = nil }
    add { $0.comparison = nil }
    add { $0.further = nil }
    add { $0.thresholds = [] }
    add { $0.tests = [] }
    add { $0.share = nil }
    add { $0.ranking = nil }
    add { $0.order = [] }
    add { $0.isCounted = false }
    add { $0.ranking?.by = nil }
    add { $0.ranking?.within = [] }
    for index in question.groups.indices { add { $0.groups.remove(at: index) } }
    for index in question.thresholds.indices { add { $0.thresholds.remove(at: index) } }
    for index in question.conditions.indices {
      add { $0.conditions.remove(at: index) }
      for part in parts(question.conditions[index]) { add { $0.conditions[index] = part } }
    }
    if question.measures.count > 1 {
      for measure in question.measures { add { $0.subject = .measures([measure]) } }
    }
    for (index, measure) in question.measures.enumerated() {
      let name = measure.metric
      for simpler in [Measure(name), Measure(name, conditions: measure.conditions), Measure(name, fold: measure.fold)] {
        var measures = question.measures
        measures[index] = simpler
        add { $0.subject = .measures(measures) }
      }
    }
    return result
  }

  private static func parts(_ condition: Condition) -> [Condition] {
    switch condition {
    case .any(let parts), .all(let parts): parts
    case .not(let part): [part]
    default: []
    }
  }
}
