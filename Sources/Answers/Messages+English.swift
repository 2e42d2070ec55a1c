import CivilTime
import Metrics
import Questions

struct EnglishMessages: Messages {
  let names: Names
  private let words = EnglishAnswerWords()
  private var wording: EnglishQuestionWords { EnglishQuestionWords(names: names) }

  init(names: Names) { self.names = names }

  func text(_ problem: Problem) -> String {
    switch problem {
    case .emptyQuestion: "There is no question. Type one, such as “sales last month”."
    case .tooLong(let count, let limit):
      "The question has \(count) characters, at most \(limit) can be read. Shorten it, or ask in several sentences."
    case .unknownWords(let unknown): unknown.map(self.unknown).joined(separator: " ")
    case .noMetric(let nearest):
      "I can't tell which metric you mean." + near(nearest.map(names.metric), "Metrics you can ask for")
    case .notJoined(let leftover):
      "I know the words but can't join these parts: \(quoted(leftover.map { title($0.text) })). Say it differently, or ask in several sentences."
    case .ambiguous(let choices): "This can be read in \(choices.count) ways. Choose one:"
    case .conflicting(let what, let items):
      "Only one \(self.what(what)) can hold, found \(quoted(items.map(clash))). Keep one of them."
    case .unknownValue(let dimension, let value, let nearest):
      "There is no \(names.dimension(dimension)) called “\(value)”."
        + near(nearest.map { names.value($0, of: dimension) }, "Nearest")
    case .noContext: "This follows on from an earlier question, but there is none. Ask in full."
    case .unreachable(let metric, let dimension, let reachable):
      "\(names.metric(metric).capitalisedFirst) can't be cut or filtered by \(names.dimension(dimension))."
        + near(reachable.map(names.dimension), "It can be by")
    case .noTime(let metric): "\(names.metric(metric).capitalisedFirst) has no dates. Ask without a time."
    case .wholeUnits(let metric, let grain):
      "\(names.metric(metric).capitalisedFirst) is set for each whole \(wording.grouping(.time(grain))), so shorter stretches have no number. "
        + "Ask by whole \(wording.grouping(.time(grain))) or longer."
    case .noDefinition(let metric, nil, _): "The definition of \(names.metric(metric)) has never changed, so there is no earlier one."
    case .noDefinition(let metric, .some(let version), let known):
      "\(names.metric(metric).capitalisedFirst) has no version \(version)." + near(known.map { "v\($0)" }, "Its versions")
    case .definitionsApart(let days):
      "These definitions changed on different days, so the earlier ones have no day in common: \(days.map { "\(names.metric($0.metric)) until \($0.day)" }.joined(separator: ", ")). Say as of which day, or ask separately."
    case .noTarget(let metric):
      "The dictionary sets no target for \(names.metric(metric)), so it can't be told whether it was met."
        + near(names.dictionary.attainments.map { names.metric($0.actual) }, "Metrics with a target")
    case .time(let failure, let text): time(failure, text)
    case .unsupported(let what): unsupported(what)
    case .unknownName(let name, let kind, let nearest):
      "There is no \(self.kind(kind)) called “\(name)”." + near(nearest, "Nearest")
    case .badNotation(let offset, let expected, nil): "The notation can't be read at character \(offset + 1): expected \(expected)."
    case .badNotation(_, let expected, .some(let clause)): "“\(clause)” of the notation can't be read: expected \(expected)."
    case .notGranted(let items):
      "You may not see \(quoted(items.map(title))). If you need it, ask the owner of the metric."
    case .unknownUser("", _): "This dataset answers only people who say who they are: --user, or :as in a conversation."
    case .unknownUser(let user, let nearest): "There is no user “\(user)”." + near(nearest, "Nearest") + " Check --user, or have them added to the policy file."
    case .requiredDimension(let metric, let dimension):
      "\(names.metric(metric).capitalisedFirst) needs one \(names.dimension(dimension)), or a cut by \(names.dimension(dimension))."
    case .warehouse(let reason): "The database failed: \(reason)"
    case .overflow:
      "The sum is beyond what can be held exactly, so no number is given. Ask for less time or narrower conditions."
    case .interrupted: "Stopped."
    case .tooManyReadings: "There are too many ways to read this. Ask it in several short questions."
    case .outOfBudget(let limit):
      "Stopped without a number, since the query went over its limit (\(BudgetWords.text(limit, .english))). Ask for less time or narrower conditions, or allow more."
    }
  }

  func text(_ notice: Notice) -> String {
    switch notice {
    case .ignored(let unknown): "Not used: \(quoted(unknown.map(\.text)))."
    case .readAs(let typed, let name): "“\(typed)” was read as “\(title(name))”."
    case .chosen(let word, let name, let ground): chosen(word, name, ground)
    case .nothingToDraw: "A single row has nothing to draw. Say what to cut it by, such as “by month”."
    case .noDirection(let metric): "Neither high nor low is declared good for \(names.metric(metric)); the best was taken for the highest."
    case .lowIsGood(let metric): "Low values of \(names.metric(metric)) are good: the best is the lowest, the worst the highest."
    case .textMatch(let dimension, let text, let count):
      "No \(names.dimension(dimension)) is called “\(text)”; the \(count) whose name contains it \(count == 1 ? "was" : "were") taken."
    case .assumedTime(let assumption, let period): assumed(assumption, period)
    case .unfinished(let period, let lastDay): "\(words.days(period)) is not over; numbers run through \(lastDay)."
    case .fairComparison(let this, let base):
      "The period is not over, so equal numbers of days are compared: \(words.days(this)) with \(words.days(base))."
    case .wholeUnitRuns(let metric, let unit, let lastDay):
      "\(names.metric(metric).capitalisedFirst) is for the whole of \(words.days(unit)), while other numbers run to \(lastDay): set against it they are low."
    case .followUnfinished(let metric, let days, let from, let lastDay):
      "\(names.metric(metric).capitalisedFirst) looks \(days == 1 ? "a day" : "\(days) days") ahead, and data ends on \(lastDay): from \(from) on not all is in, and it reads low."
    case .unequalPeriods(let this, let base):
      "The periods differ in length: \(words.days(this))\(length(this)) against \(words.days(base))\(length(base))."
    case .dataEnds(let day, let period): "Data ends on \(day), so \(words.days(period)) is incomplete."
    case .baseWithoutData(let base, let available):
      "There is no data in \(words.days(base)) to compare with; data is in \(words.days(available))."
    case .dataBegins(let day, let period): "Data begins on \(day), so \(words.days(period)) is incomplete."
    case .allTime(let period): "No time was named, so all data was used: \(words.days(period))."
    case .divisionByZero(let metric, let rows):
      "\(names.metric(metric).capitalisedFirst) has a zero denominator in \(rows) \(self.rows(rows)), shown as —."
    case .noBase(let metric, let rows):
      "\(names.metric(metric).capitalisedFirst) was zero or missing in the earlier period in \(rows) \(self.rows(rows)), so it has no growth there."
    case .versionChange(let metric, let version, let day):
      "The definition of \(names.metric(metric)) changed to v\(version) on \(day), inside this period. For the one before add “under the definition as of \(day.adding(days: -1))”."
    case .laterVersion(let metric, let version, let day):
      "\(names.metric(metric).capitalisedFirst) is computed by its current definition v\(version), in force since \(day); at the time an older one held."
    case .earlierBase(let metric, let version, let day):
      "What is compared with lies before \(day), when \(names.metric(metric)) was defined otherwise; both are by v\(version)."
    case .earlierVersion(let metric, let version, let day, let next):
      "\(names.metric(metric).capitalisedFirst) is by its earlier definition v\(version), in force through \(day.adding(days: -1)); v\(next) holds from \(day)."
    case .certificationLost(let metric):
      "The formula of \(names.metric(metric)) changed after it was certified, so it counts as a draft until it is certified again."
    case .overlappingParts(let metric):
      "\(names.metric(metric).capitalisedFirst) is a distinct count: one member may be in several groups, so the shares can add up to more than 100%."
    case .deprecated(let metric, let successor):
      "\(names.metric(metric).capitalisedFirst) is deprecated" + (successor.map { "; use \(names.metric($0))" } ?? "")
        + "."
    case .draft(let metric): "\(names.metric(metric).capitalisedFirst) is a draft, its definition is not certified."
    case .narrowedByPolicy(let conditions):
      "Your access limits this to: \(conditions.map { wording.condition($0, bare: false) }.joined(separator: "; "))."
    case .hiddenGroups(let rows, let least):
      "Your access hides \(rows) \(rows == 1 ? "row" : "rows"): of fewer than \(least) source rows, or such that one of those could be worked out from it."
    case .noData(let available):
      "There is no data in this period." + (available.map { " There is for: \(words.days($0))." } ?? "")
    case .foldedOverPresent(let over):
      "Only each \(over.map(wording.grouping).joined(separator: " and ")) with any data counts; those without any are not counted as zero."
    case .foldedOverAll(let over, let units, let empty, let groups):
      "Every \(over.map(wording.grouping).joined(separator: " and ")) counts, those without data as zero: "
        + (groups == 0 ? "\(empty) of \(units)." : "\(groups) \(groups == 1 ? "group has" : "groups have") such, up to \(empty) of \(units).")
    case .noneNotListed(let groups):
      "Each \(groups.map(wording.grouping).joined(separator: ", ")) with nothing at all is not among them."
    case .meanOfValues(let metric):
      "\(names.metric(metric).capitalisedFirst) does not add up: this is the plain mean of the groups' values, not that of the whole."
    case .startsAfresh(let metric):
      "Answered as a new question, without the period and conditions of the one before. To go on from it, say “and the \(names.metric(metric))?”."
    case .bucketWidth(let dimension, let width):
      "No width was named: \(names.dimension(dimension)) is cut in steps of \(Numerals.text(width, .english)), each without its upper end."
    case .countedRows(let metric): "What to look at was not said, so \(names.metric(metric)) are counted."
    case .noneMatch: "Nothing meets the conditions."
    case .noRows: "Not a single row of data meets the conditions."
    case .tie(let count):
      "The last place is shared: \(count) more with the same value \(count == 1 ? "is" : "are") not listed."
    case .absentMembers(let dimension, let values):
      "No data for \(words.list(values.map { names.value($0, of: dimension) })), so not listed."
    case .missingMembers(let dimension, let rows):
      "\(Numerals.grouped(rows)) \(self.rows(rows)) without \(names.dimension(dimension)), listed as \(words.missingMember)."
    case .truncated(let shown, let total): "Showing \(Numerals.grouped(shown)) of \(Numerals.grouped(total)) rows."
    case .anchored(let today): "Counted from the newest data: today is taken as \(today)."
    case .quality(let faults): EnglishQualityWords(names: names).text(faults)
    case .otherCount(let said, let found, let group): "\(said) were named; there are \(found) with data by \(wording.grouping(group)), and all of them count."
    case .percentReading(let metric, let fraction): "The bound on \(names.metric(metric)) was read as \(Numerals.percent(fraction))."
    case .boundReading(let text, let comparator): "“\(text)” was read as \(bound(comparator))."
    }
  }

  private func unknown(_ word: UnknownWord) -> String {
    guard let dimension = word.dimension else { return "I don't know “\(word.text)”." + near(word.nearest, "Nearest") }
    return "There is no \(names.dimension(dimension)) called “\(word.text)”." + near(word.nearest, "Nearest")
  }

  private func chosen(_ word: String, _ name: String, _ ground: ChoiceGround) -> String {
    let what = word.isEmpty ? "This can be read in several ways; " : "“\(word)” can mean several things; "
    switch ground {
    case .dataset: return what + "by the dataset's default it is “\(title(name))”."
    case .conversation: return what + (word.isEmpty ? "your earlier choice was kept." : "as chosen before, it is “\(title(name))”.")
    case .data: return what + "only this one can be answered from the data."
    }
  }

  var offer: String { " You can ask:" }

  private func near(_ items: [String], _ label: String) -> String {
    items.isEmpty ? "" : " \(label): \(items.joined(separator: ", "))."
  }

  private func quoted(_ items: [String]) -> String { items.map { "“\($0)”" }.joined(separator: ", ") }

  /// A name that may be a metric's or a dimension's.
  private func title(_ name: String) -> String {
    names.dictionary.metric(name) != nil ? names.metric(name) : names.dimension(name)
  }

  private func time(_ failure: TimeFailure, _ text: String) -> String {
    let said = text.isEmpty ? "This question" : "“\(text)”"
    return switch failure {
    case .noFiscalYear:
      "\(said) needs a fiscal year, but the dataset doesn't say in which month it starts. Use calendar terms, or set fiscal_start in dataset.yaml."
    case .noSuchTime: text.isEmpty ? "There is no such time." : "There is no such time as “\(text)”."
    case .noTradingDays:
      "\(said) needs trading days, which the dataset doesn't set. Set trading_days: china in the calendar of dataset.yaml."
    case .unknownHoliday(let name): "The calendar has no holiday “\(name.isEmpty ? text : name)”."
    }
  }

  /// The planner's names for what it cannot do, in words; a new one stands as it is until it has words.
  private func unsupported(_ what: String) -> String {
    switch what {
    case "compare without period", "window without period":
      "A comparison needs a period. Name one, such as “last month”."
    case "growth without a comparison", "change without a comparison":
      "Growth needs something to compare with. Add “vs a year before” or “vs the period before”."
    case "definitions of two periods":
      "Each of the two periods may have had a definition of its own, which one comparison would mix up. Say one day for both, such as “under the definition as of 2025-12-31”."
    case "definition then without period": "“The definition then” needs a period. Name one, or the day of the definition."
    case "hour_of_day", "hour": "The time of this metric is known by the day only, so there are no hours to look at."
    case "compare working days":
      "Working days have gaps, so the stretch before them isn't as many working days. Name the time to compare with."
    case "share of a ratio": "Ratios and averages do not add up, so they have no shares."
    case "days left out of no period": "Days can only be left out of a period. Name it, such as \"October excluding National Day\"."
    case "compare days left out": "With days left out there is no period before, or a year before, that is like it. Name both periods."
    case "every unit of no period": "Whether it held in every unit depends on the period. Name one, such as \"every month this year\"."
    case "total beside its parts": "A total and its parts are two questions: an answer either lists the parts or adds them up. Ask them one by one."
    case "several shares": "More than one share is asked for. Ask for one at a time."
    case "no good direction": "The dictionary doesn't say whether high or low is good for this metric, so there is no better or worse. Ask for higher or lower."
    case "edges of ranges": "The edges of ranges must rise, each of its own. Say them again, such as \"under 100, 100 to 300, over 300\"."
    case "compare unlike periods":
      "The two periods differ in length, such as a quarter and a year, so they can't be compared. Choose two of a kind."
    case "several runs": "Only one kind of run can be asked for at a time. Ask separately."
    case "run of one": "A run has at least two units. For one, just say grew or fell."
    case "run beside another part": "A run is of values, growth or change, and stands without a ranking, a share, another bound or a second metric. Ask separately."
    case "run within units of time": "A run is found over time already, so it can't be cut by time. Group by stores, cities or the like."
    case "part of less than it is of":
      "The whole is narrower than the part: the same condition would cut both, and the share be more than all. Say what it is a share of, such as online sales in total sales."
    case "run longer than its period": "The period doesn't hold that many whole units. Choose a longer one."
    case "run over days apart": "The units named don't follow one another, so nothing can run through them. Name one stretch, such as July to October."
    case "place of nobody": "Whose rank? Name one, such as “rank of Shanghai by sales”."
    case "places of several kinds": "More than one kind is named, so it isn't clear among what to rank. Say, for example, “rank of Shanghai among cities”."
    case "place beside another part": "A rank can't be compared, bounded, shared or ranked as well. Ask separately."
    case "place within groups": "A rank is among members of one kind and can't be cut by another. Ask separately."
    case "average of another kind": "A group is set against the mean of its own kind: stores against stores, or “the average of their region”."
    case "share of a whole in its part": "A whole is no part of its part: the question is limited to something smaller. Turn the two round, such as “Guangdong's share of South China”."
    case "average within time": "The average of what each belongs to needs a level above, such as “stores above the average of their region”."
    case "average of the group itself": "Each group would be set against itself. Say which level is meant, such as “stores above the average of their region”."
    case "running share beside another part": "A running share adds up from the highest down; it can't be compared, bounded, sorted or cut by time as well. Ask separately."
    case "contribution beside another part": "A contribution to a change is of one metric, by groups, against one base. Ask for the rest separately."
    case "contribution of a ratio": "The change of a ratio or distinct count is not the sum of its groups' changes, so none contributes a part."
    case "compare several stretches": "Stretches of time that don't meet have no other to set against. Compare them one by one."
    case "window over several stretches": "Rolling and cumulative metrics need days that follow on. Ask for each stretch by itself."
    case "compare periods that overlap": "The two periods share days, which would count on both sides. Choose two that don't overlap."
    case "compare a period with itself": "Both periods are the same. Say which one to compare with."
    case "having without by": "A threshold on a metric picks groups. Say what is picked, such as “stores with net sales below 10,000”."
    case "top without by": "A ranking needs groups. Say what is ranked, such as “top 3 cities”."
    case "sort by a group that the answer is not cut by":
      "The answer isn't cut by that group, so it can't be sorted by it. Add it first, such as “by region”."
    case "rank in a group that the answer is not cut by":
      "To rank within a group, the answer must be cut by it. Add it, such as “by region and city, top 3 in each region”."
    case "window by part of time": "Rolling and cumulative metrics run through time and can't be cut by a weekday or an hour of day. Cut by days, weeks or months."
    case "gaps without calendar days": "This metric shows units of time without rows, but the dictionary names no table with the calendar's days."
    case "list values by time": "Only the calendar's own units of time can be listed, each by itself."
    case "compare by hour", "window by hour": "Hours can't be compared. Use days or longer units of time."
    case "ratio without a metric": "No metric is defined as this ratio. Ask for its two parts, or have it defined in the dictionary."
    case "conditions of single metrics": "Each metric has conditions of its own here, which one answer would mix up. Ask one at a time."
    case "alternatives of several kinds": "The “or” here joins values of different kinds. Ask for one kind at a time."
    case "order of names": "Names are not more or less than a number. Say which number is meant, such as “order amount above 500”."
    case "share without by": "A share needs a part and a whole. Name the part, such as “online share of sales”, or cut by groups."
    case "split without by": "Comparing needs two sides. Name two values or two periods, or cut by groups."
    case "average without per": "An average needs something to average over. Say “per day”, “per store” and so on, or ask for a ratio by name."
    case "together of what": "What to add up is not said. Name the members, or ask for them side by side first."
    case "shares of some": "The shares of some members only can't be worked out in one step. Ask for the share of each, such as “share of sales by channel”."
    case "so many of which": "Which of them is not said. Name them, or say what ranks the first ones."
    case "best of each, cut up": "The best of each group, cut up again, can't be worked out in one step. Ask for the best of each first, then go on from one of them."
    case "ratio of a ratio": "One of the two is a ratio or a mean already; dividing it again gives a number of nothing. Ask for the metric itself."
    case "average of a ratio": "This metric is a ratio already; averaging its values would be an average of averages. Ask for the metric itself."
    case "duration against another unit": "A length of time can't bound a metric that is not in days, hours or minutes."
    case "money against another unit": "An amount of money can't bound a metric that is not in that currency."
    case "percent against another unit": "A percentage can't bound a metric that is no ratio."
    case "cause": "Why a number moved can't be answered yet. Cut it by a dimension, or compare it with the period before."
    case "direction": "Say what the rise or fall is against, such as “vs a year before”."
    case "difference": "A difference needs two values of one kind, such as “difference in net sales between Shanghai and Beijing”."
    case "fold without per": "A median, maximum or spread needs things to take it over, such as “median net sales per store”."
    case "average of an average": "An average can't be averaged again. Say once what to average over."
    case "running total of a ratio": "Ratios and distinct counts do not add up, so they have no running total."
    case "running total without time": "A running total runs through time. Add a unit, such as “by month”."
    case "comparison of running totals": "Running totals can't be ranked or compared as well. Ask separately."
    case "ratio of several metrics", "ratio of a metric with itself": "A ratio needs two different metrics, such as “ratio of refund amount to net sales”."
    case "difference of unlike metrics": "The two metrics have different units, so there is no difference of them."
    case "condition of single rows": "There is no number by which single ones can be told apart, so they can't be kept by how much each has."
    case "members of time": "Time can't be kept in this way. Name the time itself."
    case "count of those who did": "That would count all of them, and not only those who did it. Ask for the number of groups instead."
    case "count within groups": "How many there are in each group can't be computed in one step. List them first, then cut the list."
    case "count without by": "To count, say what is counted, such as “how many stores have net sales below 10,000”."
    case "first without time": "First and last need a unit of time, such as “in which month did net sales first exceed 200,000”."
    case "test of groups": "Whether it holds can be told of one number only. Leave the groups out."
    case "two comparisons of unlike days": "The two comparisons cover different days. Ask for one at a time."
    case "top of several metrics": "Each metric has a ranking of its own. Ask for one metric at a time."
    case "list of a flag": "This dimension is not a column, so its values can't be listed."
    case "opinion": "There are only numbers of metrics here, nothing about the world or about opinions."
    case "distribution": "A distribution needs a number that can be cut into ranges, such as an amount. For names, ask “by city”."
    case "ranges of names": "Names can't be cut into ranges, only numbers such as amounts and prices. Ask “by” them instead."
    case "average over ranges": "No mean or median is taken over ranges or single amounts of a number. Name another group."
    case "too many ranges": "The ranges are so narrow that there are too many. Name a greater width."
    case "ranges of two widths": "One number can be cut in one way only. Keep one of the widths."
    case "bound of several members": "Only one member can be the bound. Ask for each by itself."
    case "bound of another kind": "What is listed and what it is set against must be of one kind, such as “cities with more sales than Shanghai”."
    case "asked in another unit": "The unit asked for is not the metric's own, as if another number were meant. Name the metrics, such as “orders and units sold”."
    case "sum against the whole": "Each group's sum is below that of all together. Set it against the average, such as “stores with net sales above average”."
    case "bound beside a limit": "Beside a limit on the same kind it is not clear whether the other member is within it. Leave one out."
    case "width of ranges": "The width of the ranges is too great or too small. Name another."
    case "bound on an average": "Groups can be kept by the average that is asked for, alone and against a number: “stores with average daily visitors above 50”."
    case "values of different kinds":
      "“And” joins values of different kinds here: both together, or each by itself? For both say one after the other, such as “online members”; else ask for each."
    case "values of different levels": "These values are on different levels and cannot stand side by side. Ask for each."
    case "forecast": "There is only data of what has happened, no forecast."
    case "advice": "Only numbers and definitions of metrics can be asked for, no advice."
    case "change of data": "Data can only be asked about, not changed or deleted."
    case "target": "The dictionary sets no target for any metric, so it can't be told whether one was met. Its owner can declare `attainment` at a target."
    case "ends of this": "The lowest and the highest are those of one dimension's values, such as “list the values of order date, both ends”."
    case "moving average by another unit": "A moving average is looked at by its own unit of time: one of 7 days by day, and one kind at a time."
    case "comparison of moving averages": "Moving averages can't be compared, shared out, counted or looked through for runs. Look at them first."
    case "moving average of that": "A moving average is taken of a metric itself, in days or longer units."
    case "conditions apart":
      "Two values of one dimension stand apart here, which may mean both of them or one alone. For both, say them together: East China and North China."
    case "condition against its metric":
      "The metric itself keeps to other values than this condition, so nothing could ever meet both. Name another metric, or leave the condition out."
    case "period within days":
      "A period that begins or ends within a day can't be compared, averaged over days or run through. Name whole days, or leave the hours out."
    case "hour of several days": "Say which day the hour is of."
    case "window of hours": "A metric over a window of hours is looked at by hour."
    case "window by unit of the calendar": "A metric over a window can't be put together by a unit of the business's own calendar or a part of time; look at it by day, week or month."
    case "definition beside a number": "A definition or a list is asked for by itself. Ask for the number in a question of its own."
    case "share within several groups": "A share is of one kind of whole. Name one, such as “share of each city in its region”."
    case "among", "plan of this subject", "measure without an aggregate", "convert": "This number can't be computed yet. Ask for it differently."
    case "list values of time": "Time has no list of values. Name the time itself."
    case "where hour", "where day", "where week", "where month", "where quarter", "where half", "where year":
      "Time can't be filtered like that. Name the time itself."
    case "compare by day", "compare by week", "compare by month", "compare by quarter", "compare by half", "compare by year":
      "Cut by this unit of time, the two sides don't line up. Cut by another, or leave the cut out."
    case "target of whom": "“Who” can be of several kinds. Say which, such as “which regions missed their target”."
    case "condition of another table": "The condition isn't a property of that thing. Say the condition first, then what to cut by."
    case "drop what is not there": "The question before has no such part to drop."
    case "drill down": "There is no finer level below this one. Say what to cut it by."
    case "drill up": "There is no coarser level above this one."
    case "order without by": "A single number has no order. Say what to cut it by first."
    case "those, of a ranking within groups", "those, of such groups": "Which ones are meant isn't clear here. Name them."
    case "share of time": "Shares are of a dimension, not of time."
    default: what.hasPrefix("table ") ? "The data has no table \(what.dropFirst(6))." : "This can't be asked yet: \(what)."
    }
  }

  private func what(_ what: String) -> String {
    switch what {
    case "during", "period": "period"
    case "top", "ranking": "ranking"
    case "compare", "comparison": "comparison"
    case "join": "path to this column"
    case "sort", "order": "order"
    case "measure", "metric": "metric"
    case "where": "condition"
    case "as": "days of definitions"
    case "by": "grouping"
    default: what
    }
  }

  private func clash(_ item: Clash) -> String {
    switch item {
    case .time(let time): wording.time(time)
    case .comparison(let comparison): wording.comparison(comparison)
    case .share(let share): wording.share(share)
    case .ranking(let ranking): wording.ranking(ranking, overall: false)
    case .metric(let name): names.metric(name)
    case .name(let name): name
    }
  }

  private func kind(_ kind: NameKind) -> String {
    switch kind {
    case .metric: "metric"
    case .dimension: "dimension"
    case .grain: "unit of time"
    case .clause: "clause"
    case .user: "user"
    }
  }

  private func assumed(_ assumption: TimeAssumption, _ period: Period) -> String {
    switch assumption {
    case .vaguePart(.start): "The start was taken as \(words.days(period))."
    case .vaguePart(.mid): "The middle was taken as \(words.days(period))."
    case .vaguePart(.close): "The end was taken as \(words.days(period))."
    case .latestNotInFuture: "It wasn't said which one, so the latest was taken: \(words.days(period))."
    case .todayLeftOut: "Today is not in it: \(words.days(period))."
    case .nearestOnWeekday: "The nearest one on which the weekday is right was taken: \(words.days(period))."
    case .few(let count): "A few was taken as \(count): \(words.days(period))."
    case .unannouncedBreak:
      "Official notices of holidays are known for 2015 to 2026 only; for \(words.days(period)) just the statutory days were taken, an assumption."
    case .workdaysAreWeekdays: "The dataset's calendar names no holidays; working days are Monday to Friday."
    }
  }

  private func length(_ period: Period) -> String {
    period.days.map { " (\($0) \($0 == 1 ? "day" : "days"))" } ?? ""
  }
  private func rows(_ count: Int) -> String { count == 1 ? "row" : "rows" }

  private func bound(_ comparator: Comparator) -> String {
    switch comparator {
    case .greater, .less: "without the number itself"
    case .atLeast, .atMost: "with the number itself"
    case .equal: "exactly that number"
    case .notEqual: "any other number"
    }
  }
}
