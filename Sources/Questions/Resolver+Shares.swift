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

  /// Whether a row that has a value of `group` can't but meet the flag: member_id is not null, where members hang on it.
  private func follows(_ flag: Dimension, from group: Grouping) -> Bool {
    guard case .dimension(let name) = group, case .column(let path)? = dictionary.dimension(name)?.source,
      case .flag(.missing(.column(let key), negated: true)) = flag.source, let table = dictionary.schema.tables.first(where: { $0.name == key.head })
    else { return false }
    return table.joins.contains { $0.hereColumns == [key.column] && $0.role == path.head }
  }
}
