import Terminal

/// Commands about how answers are shown, and what stands behind them.
extension PromptCommands {
  static func showing(_ names: CommandNames) -> [PromptCommand] {
    [
      PromptCommand(
        "chart", .showing, .optional, ChartArgument.names.joined(separator: "|"), zh: "画图：柱、线、迷你线、构成；none 不画", en: "draw bars, lines, sparklines or parts; none: numbers alone",
        example: ":chart line", words: ("换成折线图", "as a line chart"), acts: .ifAny, completions: { ChartArgument.names },
        action: { prompt, text throws(Stop) in try prompt.chart(text) }),
      PromptCommand(
        "pivot", .showing, .optional, "DIMENSION|auto|none", zh: "把最后一个分组横过来；none：时间不再自动横排，auto：恢复",
        en: "the last grouping across in place of down; none: time never by itself, auto: where it reads better", example: ":pivot",
        words: ("转成透视表", "as a pivot table"), acts: .ifAny, completions: { names.groupings + PivotArgument.allCases.map(\.rawValue) },
        action: { prompt, text throws(Stop) in try prompt.pivot(text) }),
      PromptCommand(
        "explain", .showing, .optional, "on|off", zh: "上一个答案怎么理解的；on 则每次都讲", en: "how the last question was understood; on: every time",
        example: ":explain", completions: { ["on", "off"] }, action: { prompt, text throws(Stop) in try prompt.explain(text) }),
      PromptCommand(
        "sql", .showing, .optional, "on|off", zh: "上一个答案的 SQL；on 则每次都显示", en: "the SQL of the last answer; on: every time",
        example: ":sql", acts: .bare, completions: { ["on", "off"] }, action: { prompt, text throws(Stop) in try prompt.showSQL(text) }),
      PromptCommand(
        "plan", .showing, zh: "上一个答案分几步算出", en: "the steps by which the last answer was computed", example: ":plan",
        acts: .always, action: { prompt, _ throws(Stop) in try prompt.showPlan() }),
      PromptCommand(
        "formula", .showing, .optional, "METRIC", zh: "上一个答案或某个指标的公式", en: "the formula of the last answer's metrics, or of one named",
        example: ":formula", words: ("它怎么算的", "how is it calculated"), acts: .bare, completions: { names.metrics },
        action: { prompt, text throws(Stop) in try prompt.showFormula(text) }),
      PromptCommand(
        "format", .showing, .required, "NAME", zh: "答案的格式", en: "how answers are written", example: ":format markdown",
        completions: { AnswerFormats.names }, action: { prompt, text throws(Stop) in try prompt.setFormat(text) }),
      PromptCommand(
        "lang", .showing, .optional, "zh|en", zh: "答案用哪种语言；不写则随问题", en: "the language of answers; none: the question's", example: ":lang en",
        completions: { ["zh", "en"] }, action: { prompt, text throws(Stop) in try prompt.setLanguage(text) }),
    ]
  }
}
