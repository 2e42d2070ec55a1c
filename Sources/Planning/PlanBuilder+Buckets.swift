import Metrics
import Questions

/// Numbers cut into half-open ranges of one width; the key of a range is where it starts.
extension PlanBuilder {
  /// Decimals that a real number is rounded to before it is put into a range: 0.3 is not 0.29999999999999998.
  private static let realScale = 6

  /// The width for a dimension that none was named of; without values any will do.
  func chosenWidth(_ dimension: String) -> Double {
    guard let values = ranges[dimension] else { return 1 }
    return BucketWidth.readable(for: values, whole: dictionary.dimension(dimension)?.type == .integer)
  }

  /// A grouping with its width filled in.
  func sized(_ group: Grouping) -> Grouping {
    if case .bucket(let name, nil) = group { .bucket(name, width: chosenWidth(name)) } else { group }
  }

  func bucketStart(_ value: PlanValue, _ width: Double) throws(Problem) -> PlanValue {
    guard value.type.isNumeric else { throw .unsupported("ranges of names") }
    let scale = max(value.type.scale ?? Self.realScale, PlanValue.number(width).type.scale ?? Self.realScale)
    let units = try units(width, scale)
    if value.type.scale != nil {
      return PlanValue(.bucketStart(value.scaled(to: scale).expression, width: units), .number(scale: scale))
    }
    let counted = PlanExpression.arithmetic(.times, value.expression, .constant(PlanValue.integerPower(scale)))
    return PlanValue(.bucketStart(.rounded(counted), width: units), .number(scale: scale))
  }

  /// What the range between edges is called that a number lies in.
  func rangeLabel(_ value: PlanValue, _ edges: [Double]) throws(Problem) -> PlanValue {
    guard value.type.isNumeric else { throw .unsupported("ranges of names") }
    let labels = Grouping.rangeLabels(edges)
    var branches = [PlanBranch(.missing(value.expression, negated: false), .literal(.null))]
    for (edge, label) in zip(edges, labels) {
      let (number, bound) = PlanValue.aligned(value, .number(edge))
      branches.append(PlanBranch(.comparison(number.expression, .less, bound.expression), .literal(.text(label))))
    }
    return PlanValue(.choice(branches, otherwise: .literal(.text(labels[labels.count - 1]))), .text)
  }

  private func units(_ width: Double, _ scale: Int) throws(Problem) -> Int64 {
    guard let units = Int64(exactly: (width * PlanValue.power(scale)).rounded()), units > 0 else { throw .unsupported("width of ranges") }
    return units
  }

  /// Each range between the ends of the data, so that empty ones are shown; nil where the answer is cut by something else.
  mutating func allBuckets(_ groups: [Grouping], key: PlanType?) throws(Problem) -> PlanStep? {
    if groups.count == 1, case .ranges(let name, let edges) = groups[0] {
      return PlanStep(
        name: names.unique("ranges"), note: .ranges(of: name, hasStarts: false),
        operation: .rows(Grouping.rangeLabels(edges).map { [.text($0)] }), columns: [StepColumn(groups[0].columnName, .text)])
    }
    guard groups.count == 1, case .bucket(let name, let stated) = groups[0], let values = ranges[name], let scale = key?.scale else { return nil }
    let width = try units(stated ?? chosenWidth(name), scale)
    guard let low = Int64(exactly: (values.lowerBound * PlanValue.power(scale)).rounded()),
      let high = Int64(exactly: (values.upperBound * PlanValue.power(scale)).rounded()), (high - low) / width < Resolver.mostBuckets
    else { throw .unsupported("too many ranges") }
    var rows: [[PlanLiteral]] = []
    var start = low - ((low % width) + width) % width
    while start <= high {
      rows.append([.integer(start)])
      start += width
    }
    return PlanStep(
      name: names.unique("ranges"), note: .ranges(of: name, hasStarts: true), operation: .rows(rows),
      columns: [StepColumn(groups[0].columnName, .number(scale: scale))])
  }
}
