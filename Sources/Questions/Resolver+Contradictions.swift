import Metrics
import SourceText

/// Conditions that no row of a metric can meet: 未支付的已取消单 would be zero for good, and look like a fact.
extension Resolver {
  /// - Throws: `unsupported` if a metric's own filter keeps to values of a field that a condition leaves out.
  func checkContradictions(_ question: Question) throws(Problem) {
    for measure in question.measures {
      guard case .aggregate(let aggregate)? = dictionary.metric(measure.source)?.formula, let own = aggregate.condition else { continue }
      for condition in question.conditions + measure.conditions {
        guard let (field, values, negated) = Self.members(condition), case .dimension(let name) = field,
          let kept = keeps(of: name, own)
        else { continue }
        let asked = Set(values.map(Self.text))
        if negated ? kept.isSubset(of: asked) : kept.isDisjoint(with: asked) { throw .unsupported("condition against its metric") }
      }
    }
  }

  /// The values of a dimension that a filter lets through, where it says so; nil if it says nothing of it.
  private func keeps(of name: String, _ filter: RowCondition) -> Set<String>? {
    func isIt(_ row: RowExpression) -> Bool {
      guard case .column(let path) = row, case .column(path)? = dictionary.dimension(name)?.source else { return false }
      return true
    }
    func text(_ row: RowExpression) -> String? {
      switch row {
      case .text(let text): text
      case .number(let number): Term.numberText(number)
      default: nil
      }
    }
    switch filter {
    case .comparison(let row, .equal, let value) where isIt(row): return text(value).map { [$0] }
    case .oneOf(let row, let values, negated: false) where isIt(row):
      let texts = values.compactMap(text)
      return texts.count == values.count ? Set(texts) : nil
    case .dimension(name, .equal, let value): return text(value).map { [$0] }
    case .dimensionOneOf(name, let values, negated: false):
      let texts = values.compactMap(text)
      return texts.count == values.count ? Set(texts) : nil
    case .all(let parts): return parts.lazy.compactMap { keeps(of: name, $0) }.first
    default: return nil
    }
  }
}
