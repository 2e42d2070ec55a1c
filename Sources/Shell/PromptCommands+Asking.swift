/// Commands about what can be asked, and as whom, of what, on which day.
extension PromptCommands {
  static func knowing(_ names: CommandNames) -> [PromptCommand] {
    [
      PromptCommand(
        "help", .knowing, .optional, "COMMAND", zh: "列出命令，或讲一个命令", en: "list the commands, or tell of one", example: ":help drill",
        action: { prompt, text throws(Stop) in try prompt.help(text) }),
      PromptCommand(
        "tour", .knowing, zh: "十个问题走一遍；回车继续", en: "a walk through ten questions; Enter goes on", example: ":tour",
        action: { prompt, _ in prompt.goOnTour() }),
      PromptCommand(
        "examples", .knowing, .required, "METRIC", zh: "某个指标可以怎么问", en: "how a metric can be asked for", example: ":examples gmv", completions: { names.metrics },
        action: { prompt, text throws(Stop) in try prompt.examples(text) }),
      PromptCommand(
        "metrics", .knowing, zh: "列出指标", en: "list the metrics", example: ":metrics", words: ("有哪些指标", "list metrics"),
        action: { prompt, _ in prompt.list("list metrics") }),
      PromptCommand(
        "dimensions", .knowing, zh: "列出维度", en: "list the dimensions", example: ":dimensions", words: ("有哪些维度", "list dimensions"),
        action: { prompt, _ in prompt.list("list dimensions") }),
      PromptCommand(
        "values", .knowing, .required, "DIMENSION", zh: "列出一个维度的值", en: "list the values of a dimension", example: ":values region",
        completions: { names.dimensions }, action: { prompt, text throws(Stop) in try prompt.listValues(text) }),
    ]
  }

  static func asking(_ names: CommandNames) -> [PromptCommand] {
    [
      PromptCommand(
        "query", .asking, .required, "NOTATION", zh: "用记法提问", en: "ask in the notation", example: ":query list metrics",
        action: { prompt, text in prompt.list(text) }),
      PromptCommand(
        "use", .asking, .required, "DATASET", zh: "换一个数据集", en: "ask another dataset", example: ":use retail", completions: { names.datasets },
        action: { prompt, text throws(Stop) in try prompt.use(text) }),
      PromptCommand(
        "today", .asking, .optional, "DAY", zh: "把哪天当作今天；不写则恢复", en: "the day that counts as today; none: as at the start",
        example: ":today 2026-11-01", action: { prompt, text throws(Stop) in try prompt.setToday(text) }),
      PromptCommand(
        "as", .asking, .optional, "USER", zh: "以某个用户的权限提问；不写则恢复", en: "ask as a user; none: as at the start", example: ":as chen",
        completions: { names.users },
        action: { prompt, text throws(Stop) in try prompt.become(text) }),
      PromptCommand(
        "quit", .asking, zh: "离开（也可按 Ctrl-D）", en: "leave (or Ctrl-D)", example: ":quit", action: { prompt, _ in prompt.isOver = true }),
    ]
  }
}
