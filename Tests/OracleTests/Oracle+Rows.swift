import CivilTime
import Metrics
import Questions

/// Which lines of an answer are shown, in which order, and with what beside the values.
extension Oracle {
  func finish(_ question: Question, _ measures: [Measure], _ made: [Line], _ main: Side) throws -> Answer {
    var lines = made
    addUp(question, &lines)
    func measure(_ name: String) -> Measure { measures.first { $0.metric == name } ?? Measure(name) }
    func quantity(_ quantity: Quantity, _ line: Line) -> Datum {
      let measure = measure(quantity.metric)
      return switch quantity {
      case .metric: line.this[measure] ?? .null
      case .change: Oracle.combined(.minus, line.this[measure] ?? .null, line.base?[measure] ?? .null)
      case .growth: Oracle.growth(line.this[measure] ?? .null, line.base?[measure] ?? .null)
      case .share: Oracle.combined(.dividedBy, line.this[measure] ?? .null, line.whole?[measure] ?? .null)
      }
    }
    let all = lines
    func bound(_ threshold: Threshold) throws -> Datum {
      switch threshold.bound {
      case .number(let number): return .amount(Amount(written: number))
      case .averageWithin: throw Refusal(reason: "bound")
      case .average: return Oracle.mean(all.compactMap { quantity(threshold.quantity, $0).amount })
      case .overall:
        var side = main
        side.groups = []
        return try values([measure(threshold.quantity.metric)], side).of[[]]?[measure(threshold.quantity.metric)] ?? .null
      case .member(let name, let value):
        guard question.groups == [.dimension(name)] else { throw Refusal(reason: "unsupported") }
        var side = main
        side.groups = []
        side.conditions.append(.comparison(.dimension(name), .equal, value))
        return try values([measure(threshold.quantity.metric)], side).of[[]]?[measure(threshold.quantity.metric)] ?? .null
      }
    }
    for threshold in question.thresholds {
      let bound = try bound(threshold)
      lines = lines.filter { Oracle.compares(quantity(threshold.quantity, $0), threshold.comparator, bound, self) }
    }
    func explicit(_ a: Line, _ b: Line) -> [(Datum, Datum, Bool)] {
      question.order.flatMap { order -> [(Datum, Datum, Bool)] in
        switch order.key {
        case .quantity(let key): [(quantity(key, a), quantity(key, b), order.descending)]
        case .group(let group): groupOrder(group, question, a, b).map { ($0.0, $0.1, order.descending) }
        }
      } + keys(a, b)
    }
    if let ranking = question.ranking {
      let by = ranking.by ?? .metric(question.measures[0].metric)
      // Members without a name take no place, but for those that the ranking is made within.
      let named = question.groups.indices.filter { index in
        if case .dimension = question.groups[index] { !ranking.within.contains(question.groups[index]) } else { false }
      }
      lines = lines.filter { line in !quantity(by, line).isNull && named.allSatisfy { !line.key[$0].isNull } }
      func places(_ a: Line, _ b: Line) -> [(Datum, Datum, Bool)] {
        let deciding = ranking.kind == .inTime
          ? question.groups.filter(\.isTime).flatMap { groupOrder($0, question, a, b) }.map { ($0.0, $0.1, ranking.direction == .bottom) }
          : [(quantity(by, a), quantity(by, b), ranking.direction == .top)]
        return deciding + keys(a, b)
      }
      guard ranking.within.allSatisfy(question.groups.contains) else { throw Refusal(reason: "unsupported") }
      let within = ranking.within.compactMap { question.groups.firstIndex(of: $0) }
      var kept: [Line] = []
      var order: [[Datum]] = []
      var groups: [[Datum]: [Line]] = [:]
      for line in lines {
        let outer = within.map { line.key[$0] }
        if groups[outer] == nil { order.append(outer) }
        groups[outer, default: []].append(line)
      }
      for outer in order {
        let sorted = groups[outer]!.sorted { ordered(places($0, $1)) }
        // A part of a hundred is rounded up.
        let count = ranking.kind == .percent ? (ranking.count * sorted.count + 99) / 100 : ranking.count
        kept += sorted.dropFirst(ranking.kind == .percent ? 0 : ranking.skip).prefix(count)
      }
      lines = kept
      lines.sort { a, b in
        if !question.order.isEmpty { return ordered(explicit(a, b)) }
        return ordered(ranking.within.flatMap { groupOrder($0, question, a, b) } + places(a, b))
      }
    } else {
      lines.sort { a, b in ordered(question.order.isEmpty ? usual(question, a, b) : explicit(a, b)) }
    }
    var answer = Answer(groups: question.groups, lines: lines, figure: { _, _ in .null }, doubts: notebook.doubts)
    if question.isCounted { answer.count = lines.filter { line in !line.key.contains { $0.isNull } }.count }
    let inputs = try self.inputs(question, main, lines.map(\.key))
    answer.figure = { line, figure in
      func plain(_ figure: Figure, _ base: [Measure: Datum]?) -> Datum {
        switch figure {
        case .value(let measure): line.this[measure] ?? .null
        case .base(let measure): base?[measure] ?? .null
        case .change(let measure): Oracle.combined(.minus, line.this[measure] ?? .null, base?[measure] ?? .null)
        case .growth(let measure): Oracle.growth(line.this[measure] ?? .null, base?[measure] ?? .null)
        case .multiple(let measure): Oracle.combined(.dividedBy, line.this[measure] ?? .null, base?[measure] ?? .null)
        case .further(let inner): plain(inner, line.further)
        case .share(let measure): Oracle.combined(.dividedBy, line.this[measure] ?? .null, line.whole?[measure] ?? .null)
        case .whole(let measure): line.whole?[measure] ?? .null
        case .test, .input: .null
        }
      }
      switch figure {
      case .test(let test):
        let value = quantity(test.quantity, line)
        return value.isNull ? .null : .number(Oracle.compares(value, test.comparator, try bound(test), self) ? 1 : 0)
      // What only a threshold or a ranking names.
      case .input(_, .metric(let name)) where !question.measures.contains { $0.metric == name } && measures.contains(unfolded(Measure(name))):
        return line.this[unfolded(Measure(name))] ?? .null
      case .input(let measure, let formula): return inputs[line.key]?[.input(measure, formula)] ?? .null
      default: return plain(figure, line.base)
      }
    }
    return answer
  }

  static func growth(_ value: Datum, _ base: Datum) -> Datum { combined(.dividedBy, combined(.minus, value, base), base) }

  // MARK: Formulas with numbers put in

  private func inputs(_ question: Question, _ main: Side, _ keys: [[Datum]]) throws -> [[Datum]: [Figure: Datum]] {
    var result: [[Datum]: [Figure: Datum]] = [:]
    for measure in question.measures where measure.fold == nil && !measure.isRunning {
      for formula in operands(measure) {
        let tree = try tree(formula, in: measure)
        let frame = try frame([tree], main)
        for key in keys { result[key, default: [:]][.input(measure, formula)] = frame.values[key]?[0] ?? withoutRows(tree) }
      }
    }
    return result
  }

  private func operands(_ measure: Measure) -> [Formula] {
    if let beside = measure.beside { return [.metric(measure.metric), .metric(beside.metric)] }
    func operands(_ formula: Formula) -> [Formula] {
      switch formula {
      case .binary(_, let a, let b): return operands(a) + operands(b)
      case .negated(let a): return operands(a)
      case .score(let parts): return parts.map { .metric($0.metric) }
      case .number: return []
      default: return [formula]
      }
    }
    guard let formula = dictionary.metric(measure.metric)?.formula else { return [] }
    return operands(formula)
  }

  // MARK: Running totals

  /// Each unit of time with all before it, within the other groups.
  private func addUp(_ question: Question, _ lines: inout [Line]) {
    let running = question.measures.filter(\.isRunning)
    if running.isEmpty { return }
    let times = question.groups.indices.filter { question.groups[$0].isTime }
    let others = question.groups.indices.filter { !question.groups[$0].isTime }
    let before = lines
    for index in lines.indices {
      let own = before[index]
      for measure in running {
        let upTo = before.filter { other in
          others.allSatisfy { other.key[$0] == own.key[$0] } && !ordered(times.map { (own.key[$0], other.key[$0], false) })
        }
        lines[index].this[measure] = Oracle.sum(upTo.compactMap { $0.this[measure]?.amount }).map { .amount($0) } ?? .null
      }
    }
  }

  // MARK: Order

  /// Whether a line stands before another by pairs of values, nulls last either way.
  func ordered(_ pairs: [(Datum, Datum, Bool)]) -> Bool {
    for (a, b, descending) in pairs {
      if let x = a.amount, let y = b.amount, x.isTooClose(to: y), x.divisions + y.divisions > 2 || x != y { doubt("binary division") }
      if a.isNull, b.isNull { continue }
      if a.isNull || b.isNull { return b.isNull }
      let order = a.compared(to: b)
      if order != 0 { return descending ? order > 0 : order < 0 }
    }
    return false
  }

  private func keys(_ a: Line, _ b: Line) -> [(Datum, Datum, Bool)] { zip(a.key, b.key).map { ($0, $1, false) } }

  /// By the declared order of a dimension, other values behind in their own order.
  private func groupOrder(_ group: Grouping, _ question: Question, _ a: Line, _ b: Line) -> [(Datum, Datum, Bool)] {
    let index = question.groups.firstIndex(of: group)!
    let own = (a.key[index], b.key[index], false)
    guard case .dimension(let name) = group, let order = dictionary.dimension(name)?.order, !order.isEmpty else { return [own] }
    func place(_ value: Datum) -> Datum {
      value.isNull ? .null : .number(order.firstIndex { $0 == value.description } ?? order.count)
    }
    return [(place(a.key[index]), place(b.key[index]), false), own]
  }

  /// Time first; then a dimension by its declared order, numbers ascending, names by the first value, largest first.
  private func usual(_ question: Question, _ a: Line, _ b: Line) -> [(Datum, Datum, Bool)] {
    var pairs = question.groups.filter { !$0.isMember }.flatMap { groupOrder($0, question, a, b) }
    let members = question.groups.filter(\.isMember)
    guard case .dimension(let first)? = members.first else { return pairs }
    let dimension = dictionary.dimension(first)
    if dimension.map({ !$0.order.isEmpty || $0.kind != .category }) ?? true {
      pairs += members.flatMap { groupOrder($0, question, a, b) }
    } else {
      if let measure = question.measures.first { pairs.append((a.this[measure] ?? .null, b.this[measure] ?? .null, true)) }
      pairs += members.map { group in
        let index = question.groups.firstIndex(of: group)!
        return (a.key[index], b.key[index], false)
      }
    }
    return pairs
  }
}
