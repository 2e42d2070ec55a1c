import CivilTime
import SourceText

/// What can be wrong with a dictionary that was read: one function per mistake, each with its own code.
///
/// The reader calls them; `wenshu check` prints what they find.
package struct DictionaryChecks {
  let dictionary: MetricDictionary
  let source: DictionarySource

  package init(dictionary: MetricDictionary, source: DictionarySource) {
    self.dictionary = dictionary
    self.source = source
  }

  /// Everything that is wrong, mistake by mistake, each in file order.
  package func all() -> [Diagnostic] {
    let found = [
      unknownNames(), circles(), wordsWithTwoMeanings(), reservedNames(), unitMismatches(), summedRatios(), foldsWithin(),
      unitsUndefined(), unusableTimes(), missingTimes(), historyOutOfOrder(), certificationsLost(), deprecatedWithoutSuccessor(),
      withoutOwner(), withoutDefinition(), unreachableDimensions(), unreachableConditions(), repeatedLevels(),
      valuesWithTwoMeanings(), wordsForNoValue(), examplesWithoutMeaning(), withoutTables(), attainments(),
    ]
    return found.flatMap { $0 }
  }

  /// Those that make sense even if other parts could not be read.
  package func namesAlone() -> [Diagnostic] { [circles(), reservedNames()].flatMap { $0 } }

  func error(_ code: String, _ place: SourcePlace?, _ found: String, _ expected: String, _ hint: String = "") -> Diagnostic {
    Diagnostic(code: code, at: place, found: found, expected: expected, hint: hint)
  }

  func warning(_ code: String, _ place: SourcePlace?, _ found: String, _ expected: String, _ hint: String = "") -> Diagnostic {
    Diagnostic(.warning, code: code, at: place, found: found, expected: expected, hint: hint)
  }

  func place(_ metric: Metric, _ key: String) -> SourcePlace? { source.place(of: key, in: .metric, metric.name) }

  // MARK: Names

  /// A metric or dimension that is named somewhere and defined nowhere.
  func unknownNames() -> [Diagnostic] {
    let names: [NameUse.Kind: [String]] = [
      .metric: dictionary.metrics.map(\.name), .dimension: dictionary.dimensions.map(\.name),
    ]
    let sets = names.mapValues(Set.init)
    return source.uses.filter { !sets[$0.kind]!.contains($0.name) }.map { use in
      var hint = String.didYouMean(use.name, among: names[use.kind]!)
      if hint.isEmpty, use.relation == .formula, dictionary.schema[use.name] != nil { hint = "write count(\(use.name))" }
      let place = use.relation == .formula ? "" : " in \(use.relation.rawValue) of \(use.by)"
      return error("unknown-\(use.kind.rawValue)", use.place, use.name + place, "a \(use.kind.rawValue)", hint)
    }
  }

  /// Metrics that are computed from each other: `a → b → a`, each circle once.
  func circles() -> [Diagnostic] {
    var reported = Set<Set<String>>()
    return dictionary.metrics.compactMap { metric in
      guard let circle = circle(from: metric.name), reported.insert(Set(circle)).inserted else { return nil }
      let use = source.uses.first { $0.by == metric.name && $0.relation == .formula && $0.name == circle[1] }
      return error(
        "formula-circle", use?.place ?? metric.place, circle.joined(separator: " → "), "a formula that ends at tables")
    }
  }

  /// The shortest way from a metric back to itself.
  private func circle(from start: String) -> [String]? {
    var paths = [[start]]
    var seen = Set<String>()
    while !paths.isEmpty {
      let path = paths.removeFirst()
      for next in dictionary.metric(path.last!)?.formula.metrics ?? [] {
        if next == start { return path + [start] }
        if seen.insert(next).inserted { paths.append(path + [next]) }
      }
    }
    return nil
  }

  /// Names that would read as something else in the notation or in formulas.
  func reservedNames() -> [Diagnostic] {
    let times = Set(Grain.allCases.map(\.rawValue) + TimePart.allCases.map(\.rawValue))
    let words: Set<String> = ["and", "or", "not", "in", "is", "null", "over", "where", "within", "distinct", "by", "of"]
    let dimensions = dictionary.dimensions.filter { times.contains($0.name) || words.contains($0.name) }.map {
      error(
        "reserved-name", $0.place, "\"\($0.name)\" as the name of a dimension",
        "a name that is not a word of the notation", times.contains($0.name) ? "time can be grouped by without a dimension" : "")
    }
    let metrics = dictionary.metrics.filter { words.contains($0.name) }.map {
      error(
        "reserved-name", $0.place, "\"\($0.name)\" as the name of a metric",
        "a name that is not a word of the formula language")
    }
    return dimensions + metrics
  }

  // MARK: Units

  /// Unlike units added, or a declared unit that the formula cannot have.
  func unitMismatches() -> [Diagnostic] {
    let typing = MetricTyping(dictionary)
    return dictionary.metrics.compactMap { metric in
      guard circle(from: metric.name) == nil else { return nil }
      do throws(UnitFailure) {
        let derived = try typing.unit(of: metric.formula)
        if !source.has("unit", in: .metric, metric.name) || MetricTyping.fits(metric.unit, derived) { return nil }
        return error(
          "unit-mismatch", place(metric, "unit"), "\(metric.unit.name) for \(FormulaNotation.text(metric.formula))",
          "the unit of the formula: \(derived.name)")
      } catch {
        return self.error("unit-mismatch", place(metric, "formula"), error.found, error.expected)
      }
    }
  }

  /// A metric that another is computed from cannot be an aggregate of aggregates: at what grain, nobody could say.
  func foldsWithin() -> [Diagnostic] {
    dictionary.metrics.flatMap { metric in
      metric.formula.metrics.compactMap { name in
        guard case .folded? = dictionary.metric(name)?.formula else { return nil }
        return error(
          "fold-within", place(metric, "formula"), "\(name), an aggregate of aggregates, within the formula of \(metric.name)",
          "metrics of plain aggregates", "ask for \(name) by itself, or write \(metric.name) as one aggregate of aggregates")
      }
    }
  }

  /// Ratios and means added up: the sum of two conversion rates is no rate.
  func summedRatios() -> [Diagnostic] {
    dictionary.metrics.compactMap { metric in
      guard let (a, b) = ratiosAdded(metric.formula) else { return nil }
      return warning(
        "summed-ratio", place(metric, "formula"), "\(a) + \(b), both ratios", "one ratio of sums",
        "add their numerators and their denominators")
    }
  }

  private func ratiosAdded(_ formula: Formula) -> (String, String)? {
    switch formula {
    case .binary(.plus, .metric(let a), .metric(let b)):
      [a, b].allSatisfy { dictionary.metric($0)?.unit == .percent } ? (a, b) : nil
    case .binary(_, let a, let b): ratiosAdded(a) ?? ratiosAdded(b)
    case .negated(let inner), .rolling(let inner, _, _), .toDate(let inner, _), .shifted(let inner, _, _), .filtered(let inner, _),
      .allTime(let inner), .startOf(let inner, _): ratiosAdded(inner)
    case .aggregate, .metric, .number, .conversion, .conversions, .score, .folded: nil
    }
  }

  /// A sum of a money column whose currency nobody declared, and the like: a unit that cannot be derived.
  func unitsUndefined() -> [Diagnostic] {
    let typing = MetricTyping(dictionary)
    return dictionary.metrics.compactMap { metric in
      guard !source.has("unit", in: .metric, metric.name), case .aggregate = metric.formula,
        (try? typing.unit(of: metric.formula)) == .unknown
      else { return nil }
      return warning(
        "no-unit", metric.place, "\(metric.name) without a unit", "unit: a currency, %, days or the noun it counts")
    }
  }
}

extension DerivedUnit {
  fileprivate var name: String {
    switch self {
    case .known(let unit): unit.name
    case .quotient(let above, let below): "\(above.name) per \(below.name)"
    case .unknown: "any"
    }
  }
}
