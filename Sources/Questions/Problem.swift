import CivilTime
import Metrics
import SourceText

/// A reason not to answer, as data; `Answers` puts it into words, once per language.
package indirect enum Problem: Error, Hashable, Sendable {
  /// Nothing was asked: empty, or only spaces and marks.
  case emptyQuestion
  /// Longer than `limit` characters.
  case tooLong(count: Int, limit: Int)
  /// Words that could change the number and are in no list.
  case unknownWords([UnknownWord])
  /// So many ways to read it that reading was stopped; see `steps` in the grammar's weights.
  case tooManyReadings
  /// No metric is named, and none can be inferred. `nearest` are metric names.
  case noMetric(nearest: [String])
  /// The words are known, but no rule joins them. `leftover` are the pieces that stayed apart.
  case notJoined(leftover: [UnknownWord])
  /// Two readings that are about as good; each a canonical question.
  case ambiguous([Choice])
  /// Two clauses that cannot both hold: two periods, two rankings.
  case conflicting(String, [Clash])
  /// A value named together with its dimension is not in the data.
  case unknownValue(dimension: String, value: String, nearest: [String])
  /// A follow-up without anything before it.
  case noContext
  /// A metric cannot be cut or filtered by a dimension.
  case unreachable(metric: String, dimension: String, reachable: [String])
  /// A metric cannot be asked about in time.
  case noTime(metric: String)
  /// A metric whose rows stand for whole units of time was asked for in less.
  case wholeUnits(metric: String, grain: Grain)
  /// A definition of a metric that there never was; nil asks for one before the one in force.
  case noDefinition(metric: String, version: Int?, known: [Int])
  /// Metrics whose definitions changed on different days, so that the one before is not one day.
  case definitionsApart([DefinitionDay])
  /// A metric that no target is set for.
  case noTarget(metric: String)
  /// A time that cannot be computed.
  case time(TimeFailure, text: String)
  /// Something this version cannot do, with its name in the notation.
  case unsupported(String)
  /// A name in a written notation that the dictionary does not have.
  case unknownName(String, kind: NameKind, nearest: [String])
  /// Written notation that cannot be read: at which character, or which of its clauses.
  case badNotation(offset: Int, expected: String, clause: String? = nil)
  /// Policy: metrics or dimensions the user may not see.
  case notGranted([String])
  case unknownUser(String, nearest: [String] = [])
  /// A metric must be fixed or cut by a dimension, and is not.
  case requiredDimension(metric: String, dimension: String)
  /// The warehouse failed: what it said.
  case warehouse(String)
  /// A sum left the range of 64-bit integers.
  case overflow
  /// The person stopped it, or it ran out of its budget.
  case interrupted
  case outOfBudget(BudgetLimit)
}

/// What a question has used up before it was answered.
package enum BudgetLimit: Hashable, Sendable {
  /// Rows of an answer.
  case rows(Int)
  /// Seconds of the clock.
  case seconds(Double)
  /// Megabytes for sorting and grouping.
  case megabytes(Int)
  /// Units of time side by side.
  case timePoints(Int)
}

/// The last day that a metric was computed by its definition before this one.
package struct DefinitionDay: Hashable, Sendable {
  package var metric: String
  package var day: Day
}

package enum NameKind: String, Hashable, Sendable { case metric, dimension, grain, clause, user }

/// One of the parts of a question that cannot hold together.
package enum Clash: Hashable, Sendable {
  case time(TimeExpression)
  case comparison(Comparison)
  case share(Share)
  case ranking(Ranking)
  case metric(String)
  /// A name of the schema, as it is written there.
  case name(String)
}

/// A word of the question that no list has.
package struct UnknownWord: Hashable, Sendable {
  package var text: String
  package var span: Span
  /// Names it may have meant, nearest first, in the words of the dictionary.
  package var nearest: [String]
  /// The dimension a value of which would stand there, if the sentence says so: 台湾省, the city of Atlantis.
  package var dimension: String?
  package init(text: String, span: Span, nearest: [String] = [], dimension: String? = nil) {
    self.text = text
    self.span = span
    self.nearest = nearest
    self.dimension = dimension
  }
}

/// One of several readings, for a numbered choice.
package struct Choice: Hashable, Sendable {
  package var question: Question
  /// Canonical text in the language of the person asking; filled where words are known.
  package var text: String
  package init(question: Question, text: String = "") {
    self.question = question
    self.text = text
  }
}

/// What decides between readings that are about as good.
package enum ChoiceGround: Hashable, Sendable {
  /// `defaults` of the dataset.
  case dataset
  /// A choice made earlier in the conversation.
  case conversation
  /// Nothing else can be answered from the data.
  case data
}

/// Something an answer says beside the number, as data.
package enum Notice: Hashable, Sendable {
  /// Words that were left out because they cannot change the number.
  case ignored([UnknownWord])
  /// A name was found though it was typed otherwise: `typed` read as `name`.
  case readAs(typed: String, name: String)
  /// One of several readings was taken without asking: what `word` stands for, and what decided. Without a word, the whole.
  case chosen(word: String, name: String, by: ChoiceGround)
  /// A text match stood in for a value: `furniture` → products whose name contains it.
  case textMatch(dimension: String, text: String, count: Int)
  /// What was taken for granted about time, with the days that came of it.
  case assumedTime(TimeAssumption, Period)
  /// The period is not over: data or calendar stop at this day (the last day in).
  case unfinished(period: Period, lastDay: Day)
  /// An unfinished period is compared over equal elapsed days.
  case fairComparison(this: Period, base: Period)
  /// The last unit that a metric's rows stand for as a whole is not over: what is set against it is of fewer days.
  case wholeUnitRuns(metric: String, unit: Period, lastDay: Day)
  /// A conversion looks at so many days behind each first event; those from this day on have not had them all.
  case followUnfinished(metric: String, days: Int, from: Day, lastDay: Day)
  /// Whole against unfinished, because it was asked for.
  case unequalPeriods(this: Period, base: Period)
  /// Data ends before the period does.
  case dataEnds(Day, period: Period)
  /// Data begins inside the period.
  case dataBegins(Day, period: Period)
  /// There is no data at all in the period that is compared with; `available` is where there is.
  case baseWithoutData(Period, available: Period)
  /// No period was named, so all data was used.
  case allTime(Period)
  /// A denominator was zero in so many rows; shown as no value.
  case divisionByZero(metric: String, rows: Int)
  /// The base of a growth was zero or missing in so many rows.
  case noBase(metric: String, rows: Int)
  /// A definition changed inside the period.
  case versionChange(metric: String, version: Int, from: Day)
  /// The whole period lies before the version that answered came into force; then another definition held.
  case laterVersion(metric: String, version: Int, from: Day)
  /// What it is compared with lies before the version that both are computed by came into force.
  case earlierBase(metric: String, version: Int, from: Day)
  /// An older definition was asked for: the version computed by, and the day from which the next one holds.
  case earlierVersion(metric: String, version: Int, until: Day, next: Int)
  /// The formula is another than the one that was certified.
  case certificationLost(metric: String)
  /// Shares of a distinct count: what is counted may be in several groups, so shares can add up to more than the whole.
  case overlappingParts(metric: String)
  /// A deprecated metric, with its successor.
  case deprecated(metric: String, successor: String?)
  /// A draft metric.
  case draft(metric: String)
  /// Rows that policy left out: the conditions it added.
  case narrowedByPolicy([Condition])
  /// So many rows are without numbers, since the user may see no groups of fewer source rows.
  case hiddenGroups(rows: Int, least: Int)
  /// No rows in the period at all; `from…through` is where data is.
  case noData(available: Period?)
  /// A ranking cut a tie: more groups have the last value.
  case tie(count: Int)
  /// A group by this dimension has rows without a value.
  case missingMembers(dimension: String, rows: Int)
  /// Values that were named, and of which the answer has no row.
  case absentMembers(dimension: String, values: [String])
  /// More rows than are shown.
  case truncated(shown: Int, total: Int)
  /// A metric without its own time column or dimension ignores that filter — never used silently; kept for refusals.
  case anchored(today: Day)
  /// Best was read as lowest, since low values of the metric are good ones.
  case lowIsGood(metric: String)
  /// Best was read as highest of a metric of which neither is declared good.
  case noDirection(metric: String)
  /// A chart was asked for, and there is one row at most.
  case nothingToDraw
  /// A mean or another number of the values of many groups: groups without rows do not count.
  case foldedOverPresent([Grouping])
  /// Of all units of time that a fold is over, so many have no rows and are zeros: of the only group (0), or the most of any of `groups`.
  case foldedOverAll([Grouping], units: Int, empty: Int, groups: Int)
  /// A bound that nothing at all would meet: members without a row are not among those listed.
  case noneNotListed([Grouping])
  /// A mean of ratios was asked for in so many words; it is not the ratio of the whole.
  case meanOfValues(metric: String)
  /// A bare metric behind another question was answered as a new one, without that question's period and conditions.
  case startsAfresh(metric: String)
  /// The width of ranges that was chosen, since none was named.
  case bucketWidth(dimension: String, width: Double)
  /// A distribution without a metric: what is counted.
  case countedRows(metric: String)
  /// Another number of members was named than there are: these three stores, of six.
  case otherCount(said: Int, found: Int, of: Grouping)
  /// A bare number that bounds a metric in percent was taken for a percentage; its fraction.
  case percentReading(metric: String, fraction: Double)
  /// No group met the conditions.
  case noneMatch
  /// No row of any table that is read meets the conditions: a sum of 0 is one of nothing.
  case noRows
  /// The wording leaves open whether the number itself is in; it was read so.
  case boundReading(text: String, comparator: Comparator)
  /// The data that the answer rests on breaks rules, comes late, or lacks rows that were set aside.
  case quality([QualityFault])
}
