/// Commands that go on from the last answer.
extension PromptCommands {
  static func going(_ names: CommandNames) -> [PromptCommand] {
    [
      PromptCommand(
        "why", .going, .optional, "ROW", zh: "这个数怎么来的：公式里的数，以及由哪些部分构成", en: "how this number came about: its formula, and its parts",
        example: ":why", acts: .always, action: { prompt, text throws(Stop) in try prompt.why(text) }),
      PromptCommand(
        "rows", .going, .optional, "ROW", zh: "答案（或其中一行）背后的原始数据行", en: "the source rows behind the answer, or behind one row of it",
        example: ":rows 1", acts: .always, action: { prompt, text throws(Stop) in try prompt.showRows(text) }),
      PromptCommand(
        "drill", .going, .optional, "DIMENSION|ROW", zh: "往下一级，或按某个维度，或就某一行往下", en: "one level down, by a dimension, or into one row",
        example: ":drill city", words: ("下钻到城市", "drill down"), acts: .always, completions: { names.groupings },
        action: { prompt, text throws(Stop) in try prompt.drill(text) }),
      PromptCommand(
        "up", .going, zh: "往上一级", en: "one level up", example: ":up", words: ("往上一级", "roll up"),
        acts: .always, action: { prompt, _ throws(Stop) in try prompt.follow("drill up", ":up") }),
      PromptCommand(
        "by", .going, .required, "DIMENSION, …", zh: "按维度或时间单位分开", en: "cut by dimensions or units of time", example: ":by city",
        words: ("按城市看", "by city"), acts: .always, completions: { names.groupings },
        action: { prompt, text throws(Stop) in try prompt.cut(by: text) }),
      PromptCommand(
        "compare", .going, .optional, "yoy|previous|TIME|none", zh: "和去年同期、上一期或某段时间对比", en: "set against the year before, the period before, or a time",
        example: ":compare yoy", words: ("和去年比", "compared with last year"), acts: .always, completions: { ["yoy", "previous", "none"] },
        action: { prompt, text throws(Stop) in try prompt.compare(text) }),
      PromptCommand(
        "trend", .going, .optional, "UNIT", zh: "沿时间展开", en: "over time", example: ":trend month", words: ("按月看走势", "by month"),
        acts: .always, completions: { ["day", "week", "month", "quarter", "year"] }, action: { prompt, text throws(Stop) in try prompt.trend(text) }),
      PromptCommand(
        "share", .going, .optional, "none", zh: "各部分的占比", en: "each part's share of the whole", example: ":share", words: ("占比", "shares"),
        acts: .always, completions: { ["none"] },
        action: { prompt, text throws(Stop) in
          try prompt.share(text)
        }),
      PromptCommand(
        "sort", .going, .optional, "NAME [asc|desc]", zh: "排序：按指标或维度", en: "sort by a metric or dimension", example: ":sort desc",
        words: ("从高到低排", "sorted descending"), acts: .always, completions: { ["asc", "desc"] + names.metrics + names.dimensions },
        action: { prompt, text throws(Stop) in try prompt.sort(text) }),
      PromptCommand(
        "limit", .going, .required, "N|none", zh: "只看前 N 名；负数为末尾", en: "the first N only; below zero, the last", example: ":limit 3",
        words: ("只看前3", "top 3"), acts: .always, completions: { ["3", "5", "10", "none"] },
        action: { prompt, text throws(Stop) in try prompt.limit(text) }),
      PromptCommand(
        "undo", .going, zh: "忘掉上一个问题，接着更早的问", en: "forget the last question and go on from the one before", example: ":undo",
        action: { prompt, _ in prompt.undo() }),
      PromptCommand(
        "reset", .going, zh: "从头问起", en: "start the conversation afresh", example: ":reset", action: { prompt, _ in prompt.reset() }),
    ]
  }
}
