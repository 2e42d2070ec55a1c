import CivilTime
import Metrics
import Questions

struct ChineseMessages: Messages {
  let names: Names
  private let words = ChineseAnswerWords()
  private var wording: ChineseQuestionWords { ChineseQuestionWords(names: names) }

  init(names: Names) { self.names = names }

  func text(_ problem: Problem) -> String {
    switch problem {
    case .emptyQuestion: "没有读到问题。请输入一句话，例如“上月销售额”。"
    case .tooLong(let count, let limit): "问题有 \(count) 个字，最多 \(limit) 个。请缩短，或分成几句问。"
    case .unknownWords(let unknown): unknown.map(self.unknown).joined()
    case .noMetric(let nearest): "没有听出要看哪个指标。" + near(nearest.map(names.metric), "可用指标")
    case .notJoined(let leftover): "词都认识，但这几处连不起来：\(quoted(leftover.map { title($0.text) }))。请换个说法，或分成几句问。"
    case .ambiguous(let choices): "这句话有 \(choices.count) 种理解，请选一种："
    case .conflicting(let what, let items): "\(self.what(what))互相冲突：\(quoted(items.map(clash)))。请只留一个。"
    case .unknownValue(let dimension, let value, let nearest):
      "没有名为“\(value)”的\(names.dimension(dimension))。" + near(nearest.map { names.value($0, of: dimension) }, "相近")
    case .noContext: "这句话接着上文问，但前面还没有问题。请把话说完整。"
    case .unreachable(let metric, let dimension, let reachable):
      "\(names.metric(metric))不能按\(names.dimension(dimension))来看。" + near(reachable.map(names.dimension), "可用的维度")
    case .noTime(let metric): "\(names.metric(metric))没有时间，不能限定日期。请去掉时间再问。"
    case .wholeUnits(let metric, let grain):
      "\(names.metric(metric))按整\(wording.grouping(.time(grain)))下达，更短的一段没有可比的数。请按整\(wording.grouping(.time(grain)))或更长的时间来问。"
    case .noDefinition(let metric, nil, _): "\(names.metric(metric))的口径没有改过，没有旧口径可用。"
    case .noDefinition(let metric, .some(let version), let known):
      "\(names.metric(metric))没有 v\(version)。" + near(known.map { "v\($0)" }, "有的版本")
    case .definitionsApart(let days):
      "这几个指标的口径不是同一天改的，“旧口径”不是同一天：\(days.map { "\(names.metric($0.metric))到 \($0.day)" }.joined(separator: "，"))。请说明按哪一天的口径，或分开问。"
    case .noTarget(let metric): "字典里没有给\(names.metric(metric))设目标，不能判断是否达标。" + near(aims, "有目标的指标")
    case .time(let failure, let text): time(failure, text)
    case .unsupported(let what): unsupported(what)
    case .unknownName(let name, let kind, let nearest): "没有叫“\(name)”的\(self.kind(kind))。" + near(nearest, "相近")
    case .badNotation(let offset, let expected, nil): "记法在第 \(offset + 1) 个字处读不下去，此处应为：\(ChineseNotationWords.text(expected))。"
    case .badNotation(_, let expected, .some(let clause)): "记法里的“\(clause)”读不下去，此处应为：\(ChineseNotationWords.text(expected))。"
    case .notGranted(let items): "您没有权限查看\(quoted(items.map(title)))。如需使用，请联系指标负责人。"
    case .unknownUser("", _): "这个数据集要先说明是谁在问。请用 --user（对话里用 :as）说明。"
    case .unknownUser(let user, let nearest): "没有用户“\(user)”。" + near(nearest, "相近") + "请检查 --user，或请管理员在权限文件里添加。"
    case .requiredDimension(let metric, let dimension):
      "看\(names.metric(metric))时必须指定\(names.dimension(dimension))，或按\(names.dimension(dimension))分开看。"
    case .warehouse(let reason): "数据库出错：\(reason)"
    case .overflow: "合计超出了能精确表示的范围，没有给出数字。请缩小时间或条件。"
    case .interrupted: "查询已停止。"
    case .tooManyReadings: "这句话太绕，读法太多，没有回答。请拆成几句短的问。"
    case .outOfBudget(let limit): "查询超出限额（\(BudgetWords.text(limit, .chinese))），已停止，没有给出数字。请缩小时间或条件，或放宽限额。"
    }
  }

  func text(_ notice: Notice) -> String {
    switch notice {
    case .ignored(let unknown): "没有用到这些词：\(quoted(unknown.map(\.text)))。"
    case .readAs(let typed, let name): "“\(typed)”按“\(title(name))”理解。"
    case .chosen(let word, let name, let ground): chosen(word, name, ground)
    case .nothingToDraw: "只有一行，没有可比较的，所以没有画图。请再说按什么看，例如“按月”。"
    case .noDirection(let metric): "字典没有规定“\(names.metric(metric))”是高好还是低好，这里最好的按最高的算。"
    case .lowIsGood(let metric): "“\(names.metric(metric))”越低越好：最好的是最低的，最差的是最高的。"
    case .textMatch(let dimension, let text, let count):
      "没有叫“\(text)”的\(names.dimension(dimension))，改取名称中含“\(text)”的 \(count) 个。"
    case .assumedTime(let assumption, let period): assumed(assumption, period)
    case .unfinished(let period, let lastDay):
      "\(words.days(period)) 还没有结束，数字截至 \(lastDay)。"
    case .fairComparison(let this, let base):
      "本期未完，按相同天数对比：\(words.days(this)) 对 \(words.days(base))。"
    case .wholeUnitRuns(let metric, let unit, let lastDay):
      "\(names.metric(metric))是 \(words.days(unit)) 整段的，而其他数字只到 \(lastDay)，两者对比会偏低。"
    case .followUnfinished(let metric, let days, let from, let lastDay):
      "\(names.metric(metric))要看其后 \(days) 天，数据只到 \(lastDay)：\(from) 及以后的还没有看满，因而偏低。"
    case .unequalPeriods(let this, let base):
      "两段时间长短不同：\(words.days(this))\(length(this)) 对 \(words.days(base))\(length(base))。"
    case .dataEnds(let day, let period): "数据只到 \(day)，\(words.days(period)) 不完整。"
    case .baseWithoutData(let base, let available): "对比期 \(words.days(base)) 没有数据，无从比较；数据在 \(words.days(available))。"
    case .dataBegins(let day, let period): "数据从 \(day) 才开始，\(words.days(period)) 不完整。"
    case .allTime(let period): "没有指定时间，用了全部数据：\(words.days(period))。"
    case .divisionByZero(let metric, let rows): "\(names.metric(metric))有 \(rows) 行分母为零，显示为 —。"
    case .noBase(let metric, let rows): "\(names.metric(metric))有 \(rows) 行在对比期为零或没有数据，算不出增长率。"
    case .versionChange(let metric, let version, let day):
      "\(names.metric(metric))的口径自 \(day) 起改为 v\(version)，这段时间前后口径不同。要看此前的口径，请加“按\(day.adding(days: -1))的口径”。"
    case .laterVersion(let metric, let version, let day):
      "\(names.metric(metric))按现行口径 v\(version) 计算；它自 \(day) 起生效，这段时间当时用的是旧口径。"
    case .earlierBase(let metric, let version, let day):
      "对比期早于 \(day)，当时\(names.metric(metric))用的是旧口径；两期都按 v\(version) 计算，因而可比。"
    case .earlierVersion(let metric, let version, let day, let next):
      "\(names.metric(metric))按旧口径 v\(version) 计算，到 \(day.adding(days: -1)) 为止有效；自 \(day) 起是 v\(next)。"
    case .certificationLost(let metric): "\(names.metric(metric))的公式在认证之后改过，认证已失效，按草稿看待。"
    case .overlappingParts(let metric):
      "\(names.metric(metric))是去重计数，同一个对象可能出现在多组里，各组占比之和可能超过 100%。"
    case .deprecated(let metric, let successor):
      "\(names.metric(metric))已停用" + (successor.map { "，请改用\(names.metric($0))" } ?? "") + "。"
    case .draft(let metric): "\(names.metric(metric))还是草稿，口径未经认证。"
    case .narrowedByPolicy(let conditions):
      "按您的权限，只统计了：\(conditions.map { wording.condition($0, bare: false) }.joined(separator: "；"))。"
    case .hiddenGroups(let rows, let least):
      "按您的权限，有 \(rows) 行不公开：源数据不到 \(least) 条，或能由此推算出那样的一行。"
    case .noData(let available):
      "这段时间没有数据。" + (available.map { "有数据的时间：\(words.days($0))。" } ?? "")
    case .foldedOverPresent(let over):
      "只计有任何数据的\(over.map(wording.grouping).joined(separator: "、"))，完全没有数据的不算作零。"
    case .foldedOverAll(let over, let units, let empty, let groups):
      groups == 0
        ? "按全部 \(units)\(counter(over))计算，其中 \(empty)\(counter(over))没有数据，算作零。"
        : "按全部\(over.map(wording.grouping).joined(separator: "、"))计算，没有数据的算作零：\(groups) 组有这种情况，最多的一组 \(units)\(counter(over))中有 \(empty)\(counter(over))。"
    case .noneNotListed(let groups):
      "一笔也没有的\(groups.map(wording.grouping).joined(separator: "、"))不在其中。"
    case .meanOfValues(let metric): "\(names.metric(metric))不能加总，这里是各组数值的简单平均，不等于整体的\(names.metric(metric))。"
    case .startsAfresh(let metric): "按新问题回答，没有沿用上一问的时间和条件。要接着上一问，请说“\(names.metric(metric))呢”。"
    case .bucketWidth(let dimension, let width):
      "没有说每档多宽，按数据的范围取\(names.dimension(dimension))每 \(Numerals.text(width, .chinese)) 为一档，含下限不含上限。"
    case .countedRows(let metric): "没有说看什么，数的是\(names.metric(metric))。"
    case .noneMatch: "没有符合条件的。"
    case .noRows: "没有一行数据符合条件。"
    case .tie(let count): "最后一名并列，另有 \(count) 个数值相同而未列出。"
    case .absentMembers(let dimension, let values):
      "\(words.list(values.map { names.value($0, of: dimension) }))没有数据，所以没有列出。"
    case .missingMembers(let dimension, let rows):
      "有 \(Numerals.grouped(rows)) 行没有\(names.dimension(dimension))，列为\(words.missingMember)。"
    case .truncated(let shown, let total): "只显示了 \(Numerals.grouped(shown)) 行，共 \(Numerals.grouped(total)) 行。"
    case .anchored(let today): "以最新数据为准，今天按 \(today) 计。"
    case .quality(let faults): ChineseQualityWords(names: names).text(faults)
    case .otherCount(let said, let found, let group): "问的是\(said)个，有数据的\(wording.grouping(group))有\(found)个，全部算在内。"
    case .percentReading(let metric, let fraction): "\(names.metric(metric))的界限按\(Numerals.percent(fraction))理解。"
    case .boundReading(let text, let comparator): "“\(text)”\(bound(comparator))。"
    }
  }

  private var aims: [String] { names.dictionary.attainments.map { names.metric($0.actual) } }

  /// 31 天, 744 个小时, 1,240 个组合
  private func counter(_ over: [Grouping]) -> String {
    guard over.count == 1 else { return " 个组合" }
    guard case .time(let grain) = over[0] else { return " 个" }
    return " " + ChineseTimeWords.counter(grain)
  }

  private func unknown(_ word: UnknownWord) -> String {
    guard let dimension = word.dimension else { return "没有听懂“\(word.text)”。" + near(word.nearest, "相近") }
    return "没有名为“\(word.text)”的\(names.dimension(dimension))。" + near(word.nearest, "相近")
  }

  private func chosen(_ word: String, _ name: String, _ ground: ChoiceGround) -> String {
    let what = word.isEmpty ? "这句话有几种理解，" : "“\(word)”可指多项，"
    switch ground {
    case .dataset: return what + "按数据集的默认取\(title(name))。"
    case .conversation: return what + (word.isEmpty ? "沿用了您之前的选择。" : "沿用您之前选的\(title(name))。")
    case .data: return what + "只有这样理解才有数据可答。"
    }
  }

  var offer: String { "可以这样问：" }

  private func near(_ items: [String], _ label: String) -> String {
    items.isEmpty ? "" : "\(label)：\(items.joined(separator: "、"))。"
  }

  private func quoted(_ items: [String]) -> String { items.map { "“\($0)”" }.joined(separator: "、") }

  /// A name that may be a metric's or a dimension's.
  private func title(_ name: String) -> String {
    names.dictionary.metric(name) != nil ? names.metric(name) : names.dimension(name)
  }

  private func time(_ failure: TimeFailure, _ text: String) -> String {
    let said = text.isEmpty ? "这个问题" : "“\(text)”"
    return switch failure {
    case .noFiscalYear: "\(said)要用财年，但数据集没有设置财年从几月开始。请用公历说，或在 dataset.yaml 里设 fiscal_start。"
    case .noSuchTime: text.isEmpty ? "没有这样的时间。" : "没有“\(text)”这个时间。"
    case .noTradingDays: "\(said)要用交易日，但数据集没有设置。请在 dataset.yaml 的 calendar 里设 trading_days: china。"
    case .unknownHoliday(let name): "日历里没有“\(name.isEmpty ? text : name)”这个节日。"
    }
  }

  /// The planner's names for what it cannot do, in words; a new one stands as it is until it has words.
  private func unsupported(_ what: String) -> String {
    switch what {
    case "compare without period", "window without period": "要对比，先要有时间。请说明是哪段时间，例如“上月”。"
    case "growth without a comparison", "change without a comparison": "要看增长，先要有对比。请加上“同比”或“环比”。"
    case "definitions of two periods": "对比的两段时间当时的口径可能不同，不能混在一个数里。请说明都按哪一天的口径，例如“按2025年底的口径”。"
    case "definition then without period": "“当时的口径”要先有时间。请说明是哪段时间，或按哪一天的口径。"
    case "hour_of_day", "hour": "这个指标的时间只到天，没有钟点，不能按小时看。"
    case "compare working days": "工作日不连着，往前推同样的天数就不是同样多的工作日。请说出对比的时间，例如“上周的工作日比上上周的工作日”。"
    case "share of a ratio": "比率、平均值这类指标不能相加，没有占比可言。"
    case "days left out of no period": "要去掉几天，先要有时间。请说明是哪段时间，例如“10月除去国庆”。"
    case "compare days left out": "去掉几天之后，没有现成的上一段或去年同期。请把对比的两段时间都说出来。"
    case "every unit of no period": "每一期都要满足，先要有时间。请说明是哪段时间，例如“今年每个月”。"
    case "total beside its parts": "合计和分开的各项要分两次问：一个答案里要么分开列，要么合成一个数。"
    case "several shares": "一句话里问了几个占比，请一次问一个。"
    case "no good direction": "字典里没有说明这个指标高好还是低好，无从判断好坏。请改问高低。"
    case "edges of ranges": "分档的界限要从小到大，各不相同。请重说一遍，例如“100以下、100到300、300以上”。"
    case "compare unlike periods": "两段时间长短不同，一季对一年之类不能直接对比。请选同样长短的两段。"
    case "several runs": "一次只能问一种连续的情况。请分开问。"
    case "run of one": "连续至少要两期。只看一期，请直接说增长或下降。"
    case "run beside another part": "连续几期的条件只能是数值或增减，不能同时再排名、算占比、另设门槛或看几个指标。请分开问。"
    case "run within units of time": "连续几期已经是按时间看的，不能再按时间拆分。请只按门店、城市之类的分组。"
    case "part of less than it is of": "占比的整体比部分还窄：同样的条件也会落在整体上，占比就超过百分之百了。请说明占什么的比例，例如“线上销售额占总销售额的比例”。"
    case "run longer than its period": "这段时间里没有那么多个完整的期，无从判断是否连续。请放长时间。"
    case "run over days apart": "这几段时间不相连，无从判断是否连续。请给一段连续的时间，例如“7月到10月”。"
    case "place of nobody": "没有听出要看谁的名次。请说出是哪一个，例如“上海销售额排第几”。"
    case "places of several kinds": "没有听出在哪一类里排名：提到了不止一类。请说明，例如“上海在各城市里排第几”。"
    case "place beside another part": "名次不能同时再对比、设门槛、算占比或排前几名。请分开问。"
    case "place within groups": "名次只能在同一类里排，不能再按别的分组。请分开问。"
    case "average of another kind": "只能和同类的平均比：看门店就和门店的平均比，或说“所在大区的平均”。"
    case "share of a whole in its part": "整体不能是部分的一部分：范围已经限定得更小了。请把部分和整体对调再问，例如“广东占华南的比例”。"
    case "average within time": "所属的平均要按上一级分组来算，例如“高于所在大区平均的门店”。"
    case "average of the group itself": "每一组只有它自己，谈不上高于平均。请说明看哪一级，例如“高于所在大区平均的门店”。"
    case "running share beside another part": "累计占比由高到低逐个相加，不能同时再对比、设门槛、另行排序或按时间拆分。请分开问。"
    case "contribution beside another part": "对变化的贡献要按分组看一个指标和一个对比期，不能同时再看占比的门槛。请分开问。"
    case "contribution of a ratio": "比率和去重计数的变化不能拆成各组之和，没有贡献可言。"
    case "compare several stretches": "不相连的几段时间合在一起，没有可比的另一段。请分开对比。"
    case "window over several stretches": "滚动和累计的指标要看连着的时间，不能跨不相连的几段。请分段来问。"
    case "compare periods that overlap": "对比的两段时间有重叠，同样的天会算在两边。请选不重叠的两段。"
    case "compare a period with itself": "对比的两段时间是同一段。请说明和哪一段比。"
    case "having without by": "指标的门槛要按组来筛。请说明筛的是什么，例如“销售额低于1万的门店”。"
    case "top without by": "要排名，先要分组。请说明排的是什么，例如“前3名的城市”。"
    case "sort by a group that the answer is not cut by": "答案没有按那个分组分开，不能以它排序。请先加上分组，例如“按大区”，再排序。"
    case "rank in a group that the answer is not cut by": "组内排名要按那个组来分。请加上分组，例如“按大区和城市，每个大区前3名”。"
    case "window by part of time": "滚动和累计指标沿时间推移，不能按星期几或几点拆分。请按天、周或月。"
    case "gaps without calendar days": "这个指标要显示没有数据的时间，但字典里没有写明日历表。"
    case "list values by time": "时间只能单独列出日历里的单位。"
    case "compare by hour", "window by hour": "不能按小时对比。请换成天或更长的时间单位。"
    case "ratio without a metric": "字典里没有这样定义的比率指标。请分别问两个指标，或请负责人在字典里定义。"
    case "conditions of single metrics": "这里每个指标各有自己的条件，放在一起会混淆。请分开问。"
    case "alternatives of several kinds": "这里的“或”连接了不同种类的取值，请一次只问一种。"
    case "order of names": "名称不能和数字比大小。请说明比的是哪个数，例如“订单金额大于500”。"
    case "share without by": "占比要有部分和整体。请说明部分，例如“线上占比”，或按某个维度分开看。"
    case "split without by": "对比要有两边。请说出两个取值或两段时间，或按某个维度分开看。"
    case "average without per": "平均要说明按什么平均，例如“日均”“店均”，或直接问某个比率指标。"
    case "together of what": "没有说明把哪几个加起来。请说出名字，或先按某个维度分开看。"
    case "shares of some": "只要其中几个各自的占比，还不能一步算出。请按维度来问，例如“各渠道销售额占比”。"
    case "so many of which": "没有说明是哪几个。请说出名字，或说明按什么排前几名。"
    case "best of each, cut up": "“每个……里最好的那个，再分开看”还不能一步算出。请先问每个里最好的是谁，再就其中一个往下看。"
    case "ratio of a ratio": "其中一个指标本身就是比率或平均数，再相除就没有意义了。请直接问该指标。"
    case "average of a ratio": "该指标本身就是比率，再取平均就成了平均数的平均。请直接问该指标。"
    case "duration against another unit": "时长不能用来限定不以时间计的指标。"
    case "money against another unit": "金额不能用来限定不是这种货币的指标。"
    case "percent against another unit": "百分比不能用来限定不是比率的指标。"
    case "cause": "为什么涨跌还不能回答。可以先按某个维度分开看，或和上期对比。"
    case "direction": "要看涨跌，请说明和什么比，例如“同比”“环比”“比去年”。"
    case "difference": "相差要有两个同类的取值，例如“上月上海和北京的销售额相差多少”。"
    case "fold without per": "中位数、最大值、标准差要说明是谁的，例如“各门店销售额的中位数”“单日最高订单数”。"
    case "average of an average": "平均值不能再取平均。请只说一次按什么平均。"
    case "running total of a ratio": "比率和去重计数不能逐期累加，没有累计值。"
    case "running total without time": "累计要按时间展开，例如“今年各月累计销售额”。"
    case "comparison of running totals": "累计值不能同时排名或对比。请分开问。"
    case "ratio of several metrics", "ratio of a metric with itself": "比值要有两个不同的指标，例如“退款金额与销售额之比”。"
    case "difference of unlike metrics": "两个指标单位不同，不能相减。"
    case "condition of single rows": "没有可以逐笔区分的编号，不能按每一笔的数量来筛。"
    case "members of time": "时间不能这样筛选。请直接说出时间。"
    case "count of those who did": "这样数出来的是全部，不只是做过这件事的。请改问有多少个（按名称分组后数）。"
    case "count within groups": "每组里各有几个还不能一步算出。可以先列出它们，再按组来看。"
    case "count without by": "要数有几个，先要说明数的是什么，例如“销售额低于1万的门店有几个”。"
    case "first without time": "首次、末次要有时间单位，例如“哪个月销售额首次超过20万”。"
    case "test of groups": "是否达到只能对一个数判断。请先去掉分组。"
    case "two comparisons of unlike days": "同比和环比可比的天数不同，请分开问。"
    case "top of several metrics": "每个指标各有一个排名，请一次问一个指标。"
    case "list of a flag": "这个维度不是表里的一列，列不出取值。"
    case "opinion": "这里只有指标数字，回答不了看法和与业务指标无关的问题。"
    case "distribution": "分布要有可以分段的数，例如“订单金额分布”；名称按“按城市”来问。"
    case "ranges of names": "名称不能分段，只有金额、价格这样的数可以。请直接说“按”它来看。"
    case "average over ranges": "不能按数值的分段或每个金额来平均、取中位数。请换一个分组。"
    case "too many ranges": "每档太窄，分出来的档太多。请说一个更大的宽度。"
    case "ranges of two widths": "同一个数一次只能有一种分法。请只留一种宽度。"
    case "bound of several members": "只能和一个取值比。请分开问。"
    case "bound of another kind": "要比的和列出来的得是同一种东西，例如“销售额高于上海的城市”。"
    case "asked in another unit": "问的单位和这个指标的不一样，像是另一个数。请说出指标，例如“订单数和销量”。"
    case "sum against the whole": "合计数和整体比没有意义，每一组都低于整体。请和平均值比，例如“销售额高于平均的门店”。"
    case "bound beside a limit": "限定了范围，又和另一个取值比，这里说不清是不是在同一范围内。请去掉一个。"
    case "width of ranges": "每档的宽度过大或过小。请换一个宽度。"
    case "bound on an average": "只能按所问的那个平均值本身来筛选，一次问一个指标，例如“上月日均客流超过50的门店”。"
    case "values of different kinds": "“和”连接了不同种类的取值：是同时满足，还是各算各的？同时满足请直接连着说，例如“线上会员”；各算各的请分开问。"
    case "values of different levels": "这些取值不在同一层级，不能并列。请分开问。"
    case "forecast": "这里只有已经发生的数据，不能预测以后。"
    case "advice": "这里只回答指标的数字和口径，不能给建议或判断。"
    case "change of data": "这里只查数，不能修改或删除数据。"
    case "target": "字典里没有哪个指标设了目标，不能判断是否达标。请负责人在目标上写明 attainment。"
    case "ends of this": "最小和最大只能对一个维度的取值来问，例如“有哪些下单日期，首尾两端”。"
    case "window of hours": "按小时滚动或错开的指标要按小时来看。"
    case "moving average by another unit": "移动平均要按它自己的时间单位来看，例如7日移动平均按天，一次只能有一种。"
    case "comparison of moving averages": "移动平均不能再作对比、占比、连续或计数。请先看移动平均本身。"
    case "moving average of that": "移动平均只能对指标本身来取，时间单位从天起。"
    case "conditions apart": "同一个维度的两个取值分开说了，可能是都要，也可能只要其中一个。两个都要请连在一起说，例如“华东和华北”。"
    case "condition against its metric": "这个指标本身只算某一种，与句中的条件互相矛盾，结果必然是零。请换一个指标，或去掉这个条件。"
    case "period within days": "在一天之内起止的时间段不能作对比、日均、连续或滚动累计，只能直接合计。请说整天，或去掉钟点。"
    case "hour of several days": "钟点前面请说明是哪一天。"
    case "window by unit of the calendar": "滚动、累计的指标不能再按日历单位或时间部分合并，可以按天、周、月来看。"
    case "definition beside a number": "问定义或清单要单独问。数字请另问一句。"
    case "share within several groups": "占比只能在一种组里算。请只说一种，例如“每个大区里各城市的占比”。"
    case "among", "plan of this subject", "measure without an aggregate", "convert": "这个数现在还算不出来。请换一种问法。"
    case "list values of time": "时间没有取值清单。请直接说出时间。"
    case "where hour", "where day", "where week", "where month", "where quarter", "where half", "where year": "时间不能这样筛选。请直接说出时间。"
    case "compare by day", "compare by week", "compare by month", "compare by quarter", "compare by half", "compare by year":
      "按这个时间单位分开后，两边对不齐，不能对比。请换一个时间单位，或不按时间分。"
    case "target of whom": "“谁”可以是好几种。请说明是哪一种，例如“哪些大区没达标”。"
    case "condition of another table": "条件说的不是这种东西的属性。请换一种说法，例如先说条件，再说按什么分。"
    case "drop what is not there": "上一个问题里没有这一项，去不掉。"
    case "drill down": "已经是最细的一级，不能再往下。要看更细的，请说明按什么分。"
    case "drill up": "已经是最粗的一级，不能再往上。"
    case "order without by": "只有一个数，没有先后。请先说明按什么分。"
    case "those, of a ranking within groups", "those, of such groups": "“它们”指的是哪些，这里说不清。请说出名称。"
    case "share of time": "占比只能按维度来算，不能按时间。"
    default: what.hasPrefix("table ") ? "数据里没有表 \(what.dropFirst(6))。" : "现在还不能这样问：\(what)。"
    }
  }

  private func what(_ what: String) -> String {
    switch what {
    case "during", "period": "时间"
    case "top", "ranking": "排名"
    case "compare", "comparison": "对比"
    case "share": "占比"
    case "join": "通往这一列的路径"
    case "formula": "公式"
    case "sort", "order": "排序"
    case "measure", "metric": "指标"
    case "where": "条件"
    case "by": "分组"
    case "as": "口径的日期"
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
    case .metric: "指标"
    case .dimension: "维度"
    case .grain: "时间单位"
    case .clause: "子句"
    case .user: "用户"
    }
  }

  private func assumed(_ assumption: TimeAssumption, _ period: Period) -> String {
    switch assumption {
    case .vaguePart(.start): "“初”按 \(words.days(period)) 计。"
    case .vaguePart(.mid): "“中”按 \(words.days(period)) 计。"
    case .vaguePart(.close): "“底”按 \(words.days(period)) 计。"
    case .latestNotInFuture: "没有说明是哪一个，取最近的：\(words.days(period))。"
    case .todayLeftOut: "不含今天：\(words.days(period))。"
    case .nearestOnWeekday: "取星期相符、离今天最近的：\(words.days(period))。"
    case .few(let count): "“几”按 \(count) 计：\(words.days(period))。"
    case .unannouncedBreak: "\(words.days(period)) 的放假安排不在已公布的通知（2015–2026 年）之内，只按法定假日计，没有调休，属于假设。"
    case .workdaysAreWeekdays: "数据集没有设置节假日，工作日按周一至周五计。"
    }
  }

  private func length(_ period: Period) -> String { period.days.map { "（\($0) 天）" } ?? "" }

  private func bound(_ comparator: Comparator) -> String {
    switch comparator {
    case .greater, .less: "不含该数本身"
    case .atLeast, .atMost: "含该数本身"
    case .equal: "按恰好等于理解"
    case .notEqual: "按不等于理解"
    }
  }
}
