import Metrics
import SourceText

/// Parts that are all there is.
extension Resolver {
  /// 各年龄段会员的消费占比: each age in all members, since whoever has an age is one; 会员和散客的订单占比: each of the two.
  func shareInAll(_ question: inout Question) {
    guard case .matching(let part)? = question.share?.of, part.count == 1, let named = Self.members(part[0]), !named.negated,
      case .dimension(let name) = named.field, let dimension = dictionary.dimension(name)
    else { return }
    if question.groups.isEmpty, named.values.count > 1, named.values.count == dimension.values.count {
      question.groups = [.dimension(name)]
      question.share = Share(.total)
    } else if named.values.count == 1, question.groups.contains(where: { follows(dimension, from: $0) }) {
      question.conditions = ordered(Self.canonical(question.conditions + part))
      question.share = Share(.total)
    }
  }

  /// 会员和非会员各占多少: all values of the field are named, so each is a part of the whole.
  func readShareOfEach(_ clause: Clause, into parts: inout Parts) throws(Problem) {
    let named = Self.canonical(try conditions(clause.items))
    guard named.count == 1, let members = Self.members(named[0]), !members.negated,
      case .dimension(let name) = members.field, dictionary.dimension(name)?.values.count == members.values.count
    else { throw .unsupported("shares of some") }
    parts.groups.append(.dimension(name))
    parts.shares.append(Share(.total))
  }

  /// 金卡会员的消费占全体会员消费的几成: whoever has a level is a member, so that of those the two are one number and the
  /// ratio says nothing; what is asked for is their part in all members' sales. 线上消费占全体会员消费的几成 asks for a part of
  /// what is but some of it, and cut by the same condition it would be more than all.
  func partOfItsKind(_ parts: Parts, _ question: inout Question) throws(Problem) {
    guard question.measures.count == 1, let beside = question.measures[0].beside, beside.operation == .ratio, question.share == nil,
      question.measures[0].conditions.isEmpty, question.measures[0].fold == nil, question.thresholds.isEmpty,
      case .aggregate(var own)? = dictionary.metric(question.measures[0].metric)?.formula,
      case .aggregate(var whole)? = dictionary.metric(beside.metric)?.formula
    else { return }
    let added = Self.conjuncts(whole.condition).filter { !Self.conjuncts(own.condition).contains($0) }
    let dropped = Self.conjuncts(own.condition).contains { !Self.conjuncts(whole.condition).contains($0) }
    (own.condition, whole.condition) = (nil, nil)
    guard own == whole, !dropped, added.count == 1, case .missing(.column(let key), negated: true) = added[0] else { return }
    let part = question.conditions.filter { condition in
      guard let named = Self.members(condition), !named.negated, case .dimension(let name) = named.field else { return false }
      return hangs(dictionary.dimension(name), on: key)
    }
    if part.isEmpty {
      if !question.conditions.isEmpty, !parts.ratioOf.isEmpty { throw .unsupported("part of less than it is of") }
      return
    }
    question.subject = .measures([Measure(beside.metric)])
    question.conditions.removeAll(where: part.contains)
    question.share = Share(.matching(part))
  }

  private static func conjuncts(_ condition: RowCondition?) -> [RowCondition] {
    if case .all(let several)? = condition { several } else { condition.map { [$0] } ?? [] }
  }

  /// Whether a row that has a value of `group` can't but meet the flag: member_id is not null, where members hang on it.
  private func follows(_ flag: Dimension, from group: Grouping) -> Bool {
    guard case .dimension(let name) = group, case .flag(.missing(.column(let key), negated: true)) = flag.source else { return false }
    return hangs(dictionary.dimension(name), on: key)
  }

  /// Whether a dimension's values are reached by a column alone: none without it.
  private func hangs(_ dimension: Dimension?, on key: ColumnPath) -> Bool {
    guard case .column(let path)? = dimension?.source, let table = dictionary.schema.tables.first(where: { $0.name == key.head })
    else { return false }
    return table.joins.contains { $0.hereColumns == [key.column] && $0.role == path.head }
  }
}
