import Metrics
import SourceText

/// What belongs to one part of a sentence only, and would be mixed up in one question.
extension Resolver {
  /// Orders in Beijing and margin in Shanghai: each metric has a condition of its own, which one answer would mix up.
  func keepApart(_ clauses: [Clause]) throws(Problem) {
    var fields: [(field: Field, measures: Int)] = []
    var measures = 0
    let all = clauses.count { $0.keyword == "measure" }
    guard all > 1 else { return }
    for clause in clauses {
      if clause.keyword == "measure" { measures += 1 }
      guard clause.keyword == "where" else { continue }
      for condition in try conditions(clause.items) {
        guard let (field, _, negated) = Self.members(condition), !negated else { continue }
        if fields.contains(where: { $0.field == field && $0.measures != measures }) {
          throw .unsupported("conditions of single metrics")
        }
        fields.append((field, measures))
      }
    }
  }

  /// 每个大区访客最多的门店各渠道的支付金额: each region's best is found first and then cut up, where a ranking would be done
  /// anew within each channel.
  func keepWhole(_ clauses: [Clause]) throws(Problem) {
    guard let place = clauses.firstIndex(where: { $0.keyword == "rank" && $0.items.first?.contains(.symbol("of")) == true }),
      let ranked = clauses[place].items.first?.last, dictionary.dimension(ranked.plainText) != nil
    else { return }
    func dimensions(_ clauses: ArraySlice<Clause>) -> [String] {
      clauses.filter { ["by", "every", "within"].contains($0.keyword) }.flatMap(\.items).compactMap(\.first?.plainText)
        .filter { $0 != ranked.plainText && dictionary.dimension($0) != nil }
    }
    let before = dimensions(clauses[..<place])
    let isCut = dimensions(clauses[(place + 1)...]).contains { !before.contains($0) }
    if !before.isEmpty, isCut { throw .unsupported("best of each, cut up") }
  }

  /// Shanghai orders in Beijing: two values of one dimension, with something else between them, are both meant or only one.
  func keepTogether(_ clauses: [Clause]) throws(Problem) {
    if clauses.contains(where: { ["split", "apart", "together"].contains($0.keyword) }) { return }
    var named: [(field: Field, values: [Value], place: Int)] = []
    for (place, clause) in clauses.enumerated() where clause.keyword == "where" {
      for condition in try conditions(clause.items) {
        guard let (field, values, negated) = Self.members(condition), !negated else { continue }
        let isApart = named.contains { other in
          other.field == field && other.values != values && clauses[other.place..<place].contains { $0.keyword != "where" }
        }
        if isApart { throw .unsupported("conditions apart") }
        named.append((field, values, place))
      }
    }
  }
}
