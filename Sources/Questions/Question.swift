import CivilTime
import Metrics
import SourceText

/// The logical form of a question: what is asked, with every name resolved, and time still as it was said.
///
/// It prints to and parses from one notation (`QuestionText`); two questions with the same meaning are equal.
/// Example: `measure net_sales | by city | during month(-1) | top 3`.
package struct Question: Hashable, Sendable {
  package var subject: Subject
  package var groups: [Grouping]
  /// All must hold; tested before aggregation.
  package var conditions: [Condition]
  /// nil = all the data there is.
  package var period: TimeExpression?
  package var comparison: Comparison?
  /// All must hold; tested after aggregation.
  package var thresholds: [Threshold]
  package var share: Share?
  package var ranking: Ranking?
  package var order: [Ordering]
  /// `compare yoy, previous`: a second comparison beside the first.
  package var further: Comparison?
  /// `count`: how many groups there are, instead of the groups.
  package var isCounted = false
  /// `count in region`: how many of the other groups there are in each of these; those in which none is kept have 0.
  package var countedWithin: [Grouping] = []
  /// `ends`: the least and the greatest of the values listed, instead of the values.
  package var showsEnds = false
  /// `test sales_attainment >= 1`: whether it holds, beside the value. All are answered, none keeps a row out.
  package var tests: [Threshold] = []
  /// `run 3 month growth(net_sales) < 0`: only groups for which something held in units of time one after another.
  package var streak: Streak?
  /// `place city = 上海`: the places of these members among all.
  package var placement: Placement?
  /// `as of 2025-12-31`: by the definitions that were in force on this day; nil = those in force today.
  package var asOf: Day?

  package init(
    subject: Subject, groups: [Grouping] = [], conditions: [Condition] = [], period: TimeExpression? = nil,
    comparison: Comparison? = nil, thresholds: [Threshold] = [], share: Share? = nil, ranking: Ranking? = nil,
    order: [Ordering] = []
  ) {
    self.subject = subject
    self.groups = groups
    self.conditions = conditions
    self.period = period
    self.comparison = comparison
    self.thresholds = thresholds
    self.share = share
    self.ranking = ranking
    self.order = order
  }

  /// The metrics asked for, empty for lists.
  package var measures: [Measure] {
    if case .measures(let measures) = subject { measures } else { [] }
  }
}

/// What is asked about.
package enum Subject: Hashable, Sendable {
  /// `measure gmv, net_sales`
  case measures([Measure])
  /// `about definition gmv`
  case about(Aspect, [String])
  /// `list metrics`, `list values channel`
  case list(Listing)
}

package enum Aspect: String, Hashable, Sendable, CaseIterable {
  case definition, formula, owner, lineage, version, unit
}

package enum Listing: Hashable, Sendable {
  case metrics, dimensions
  /// `list metrics of category 会员`: those of one kind, owner or status.
  case metricsOf(MetricTrait)
  /// Members of a dimension.
  case values(String)
}

/// What metrics are chosen by in a list of them.
package enum MetricTrait: Hashable, Sendable {
  /// Its name in the dictionary's first language.
  case category(String)
  case department(String)
  case owner(String)
  case status(Metric.Status)

  /// The notation's two words: `category 会员`.
  package var words: (kind: String, value: String) {
    switch self {
    case .category(let name): ("category", name)
    case .department(let name): ("department", name)
    case .owner(let name): ("owner", name)
    case .status(let status): ("status", status.rawValue)
    }
  }

  package func holds(of metric: Metric) -> Bool {
    switch self {
    case .category(let name): metric.category.texts.values.contains(name)
    case .department(let name): metric.department == name || metric.owner == name
    case .owner(let name): metric.owner == name
    case .status(let status): metric.status == status
    }
  }
}

/// What an answer is cut by.
package enum Grouping: Hashable, Sendable {
  /// `by city`
  case dimension(String)
  /// `by month`
  case time(Grain)
  /// `by hour_of_day`
  case part(TimePart)
  /// `by bucket(order_amount, 100)`: a number's half-open ranges of one width; nil, `by bucket(order_amount)`, is a width that
  /// the data suggests.
  case bucket(String, width: Double?)
  /// `by bucket(order_amount, edges 100, 300)`: below the first, from each up to but not with the next, and from the last on.
  case ranges(String, edges: [Double])

  /// How the ranges between edges are called in data: `< 100`, `[100, 300)`, `>= 300`.
  package static func rangeLabels(_ edges: [Double]) -> [String] {
    let texts = edges.map(Term.numberText)
    guard let first = texts.first, let last = texts.last else { return [] }
    return ["< " + first] + zip(texts, texts.dropFirst()).map { "[\($0), \($1))" } + [">= " + last]
  }

  /// What `list values` names: a unit or part of time by its own name, else a dimension.
  package init(listed name: String) {
    self = Grain(rawValue: name).map(Grouping.time) ?? TimePart(rawValue: name).map(Grouping.part) ?? .dimension(name)
  }

  /// Whether it is a unit or part of time.
  package var isOfTime: Bool {
    switch self {
    case .time, .part: true
    case .dimension, .bucket, .ranges: false
    }
  }

  /// The dimension it cuts by.
  package var dimension: String? {
    switch self {
    case .dimension(let name), .bucket(let name, _), .ranges(let name, _): name
    case .time, .part: nil
    }
  }
}

/// What a condition tests.
package enum Field: Hashable, Sendable {
  case dimension(String)
  case part(TimePart)
  /// `hour >= "2026-10-01 08"`: the hour of the calendar that a row's time lies in, for periods that begin or end within a day.
  /// Only with `>=` and `<`, and a text of that form.
  case hour
}

/// A value to compare with; texts are stored values of the dimension, not what people call them.
package enum Value: Hashable, Sendable {
  case text(String)
  case number(Double)

  /// As it is stored and written in notation, without quotes: `华东`, `1`.
  package var plainText: String {
    switch self {
    case .text(let text): text
    case .number(let number): Term.numberText(number)
    }
  }
}

package indirect enum Condition: Hashable, Sendable {
  /// `channel = 小程序`, `discount >= 0.3`
  case comparison(Field, Comparator, Value)
  /// `city in (上海, 苏州)`, `city not in (…)`
  case oneOf(Field, [Value], negated: Bool)
  /// `amount between (1, 5)`: both in.
  case between(Field, Value, Value)
  /// `product contains "奶"`, `product not starts "A"`
  case matches(Field, TextMatch, String, negated: Bool)
  /// `note is null`, `note is not null`
  case missing(Field, negated: Bool)
  /// `province among top(10, orders)`: the members a ranking keeps, under the question's own period and conditions.
  case among(dimension: String, Direction, Int, metric: String)
  /// `store from(measure orders, having orders > 100)`: the members that a question by this dimension answers with. It has
  /// the period and conditions of the outer question, unless it names a period of its own.
  case selected(dimension: String, Question, negated: Bool)
  /// `any(a, b)`, `all(a, b)`, `not(a)`
  case any([Condition])
  case all([Condition])
  case not(Condition)
}

package enum Direction: String, Hashable, Sendable, CaseIterable { case top, bottom }

/// What the period is set against.
package struct Comparison: Hashable, Sendable {
  package enum Base: Hashable, Sendable {
    /// `yoy`: the same period a year before.
    case yearBefore
    /// `previous`: the period of the same grain just before.
    case previous
    /// `shift -1 month`: the same stretch, moved.
    case shifted(Int, Grain)
    /// `with 2016`: a period of its own.
    case period(TimeExpression)
    /// `where city = 北京`: the same days of other members, whose conditions take the place of those on the same fields.
    case members([Condition])
  }
  package var base: Base
  /// False (`full`): whole periods, also when this one is unfinished.
  package var fair: Bool

  package init(_ base: Base, fair: Bool = true) {
    self.base = base
    self.fair = fair
  }
}

/// A number computed from a metric in each group.
package enum Quantity: Hashable, Sendable {
  /// `gmv`
  case metric(String)
  /// `share(gmv)`: part of the total.
  case share(String)
  /// `growth(gmv)`: (this − before) ÷ before.
  case growth(String)
  /// `change(gmv)`: this − before.
  case change(String)

  package var metric: String {
    switch self {
    case .metric(let name), .share(let name), .growth(let name), .change(let name): name
    }
  }

  package var isShare: Bool { if case .share = self { true } else { false } }
}

/// `having gmv > 500000`
package struct Threshold: Hashable, Sendable {
  package enum Bound: Hashable, Sendable {
    case number(Double)
    /// The metric's value over all groups together divided by … is never meant: the mean of the groups' values.
    case average
    /// `having net_sales > average(region)`: the mean of the groups' values within the parent that each belongs to.
    case averageWithin(String)
    /// `having gross_margin < overall`: the metric's one value over all groups together, as of a rate.
    case overall
    /// `having net_sales > of(city = 上海)`: the value of another member, under the question's own period and conditions.
    case member(String, Value)
  }
  package var quantity: Quantity
  package var comparator: Comparator
  package var bound: Bound
  /// `having * > 50` beside `avg(visitors per day)`: the value that is shown, and not the metric that it is made of.
  package var isOfValue = false

  package init(_ quantity: Quantity, _ comparator: Comparator, _ bound: Bound) {
    self.quantity = quantity
    self.comparator = comparator
    self.bound = bound
  }
}

/// The part in the whole, beside the value.
package struct Share: Hashable, Sendable {
  package enum Whole: Hashable, Sendable {
    /// `share`: each group in the total of all groups.
    case total
    /// `share of region`: in the total of the group's region.
    case parent(String)
    /// `share where channel = 线上`: the rows that meet these conditions in all rows of the group.
    case matching([Condition])
    /// `share running`: each group with all of higher value, in the total.
    case running
    /// `share in change`: each group's change in the change of the total.
    case change
  }
  package var of: Whole
  package init(_ of: Whole) { self.of = of }
}

/// `top 5`, `bottom 3 in region`, `top 5 by profit`
package struct Ranking: Hashable, Sendable {
  /// What decides the places.
  package enum Kind: String, Hashable, Sendable {
    /// `top 5`: so many, by value.
    case count
    /// `top 10 percent`: so many of a hundred, rounded up, by value.
    case percent
    /// `first 1`, `last 1`: by the unit of time that the answer is cut by.
    case inTime
    /// `first 1 both`: the earliest and the latest.
    case timeEnds
    /// `top 80 share`: the highest that together make up so many of a hundred of the total.
    case share

    /// Whether units of time decide, and no value.
    package var isInTime: Bool { self == .inTime || self == .timeEnds }
  }
  package var direction: Direction
  package var count: Int
  package var kind: Kind = .count
  /// `top 1 skip 2`: places left out before, for the third.
  package var skip = 0
  /// nil = the first measure (its growth, if the question asks for growth only).
  package var by: Quantity?
  package var within: [Grouping]

  package init(_ direction: Direction, _ count: Int, by: Quantity? = nil, within: [Grouping] = []) {
    self.direction = direction
    self.count = count
    self.by = by
    self.within = within
  }
}

/// `sort gmv desc`, `sort region asc`
package struct Ordering: Hashable, Sendable {
  package enum Key: Hashable, Sendable {
    case quantity(Quantity)
    case group(Grouping)
  }
  package var key: Key
  package var descending: Bool
  package init(_ key: Key, descending: Bool) {
    self.key = key
    self.descending = descending
  }
}
