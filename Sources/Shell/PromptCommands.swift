import Answers
import CivilTime
import Metrics
import Session
import SourceText
import Terminal

/// A command of the prompt. This one table feeds `:help`, completion, "did you mean" and the tests.
struct PromptCommand: Sendable {
  enum Arity: Hashable, Sendable { case none, optional, required }

  /// Without its colon: `values`.
  var name: String
  var arity: Arity
  /// What its argument is: `DIMENSION`; empty without one.
  var argument = ""
  var help: LocalText
  /// A whole line that may be typed.
  var example: String
  var completions: @Sendable () -> [String] = { [] }
  var action: @Sendable (inout Prompt, String) throws(Stop) -> Void
}

/// All of them, for one dataset.
struct PromptCommands: Sendable {
  let all: [PromptCommand]

  func named(_ name: String) -> PromptCommand? { all.first { $0.name == name } }

  init(dictionary: MetricDictionary, datasets: [String]) {
    all = [
      PromptCommand(
        name: "help", arity: .none, help: LocalText([.chinese: "列出命令", .english: "list the commands"]),
        example: ":help", action: { prompt, _ in prompt.showHelp() }),
      PromptCommand(
        name: "explain", arity: .optional, argument: "on|off",
        help: LocalText([.chinese: "上一个答案怎么来的；on 则每次都讲", .english: "how the last answer came about; on: every time"]),
        example: ":explain", completions: { ["on", "off"] },
        action: { prompt, text throws(Stop) in try prompt.explain(text) }),
      PromptCommand(
        name: "sql", arity: .optional, argument: "on|off",
        help: LocalText([.chinese: "上一个答案的 SQL；on 则每次都显示", .english: "the SQL of the last answer; on: every time"]),
        example: ":sql", completions: { ["on", "off"] },
        action: { prompt, text throws(Stop) in try prompt.showSQL(text) }),
      PromptCommand(
        name: "metrics", arity: .none, help: LocalText([.chinese: "列出指标", .english: "list the metrics"]),
        example: ":metrics", action: { prompt, _ in prompt.list("list metrics") }),
      PromptCommand(
        name: "dimensions", arity: .none, help: LocalText([.chinese: "列出维度", .english: "list the dimensions"]),
        example: ":dimensions", action: { prompt, _ in prompt.list("list dimensions") }),
      PromptCommand(
        name: "values", arity: .required, argument: "DIMENSION",
        help: LocalText([.chinese: "列出一个维度的值", .english: "list the values of a dimension"]),
        example: ":values region", completions: { dictionary.dimensions.flatMap(PromptCommands.names) },
        action: { prompt, text throws(Stop) in try prompt.listValues(text) }),
      PromptCommand(
        name: "query", arity: .required, argument: "NOTATION",
        help: LocalText([.chinese: "用记法提问", .english: "ask in the notation"]),
        example: ":query list metrics", action: { prompt, text in prompt.list(text) }),
      PromptCommand(
        name: "use", arity: .required, argument: "DATASET",
        help: LocalText([.chinese: "换一个数据集", .english: "ask another dataset"]), example: ":use retail",
        completions: { datasets }, action: { prompt, text throws(Stop) in try prompt.use(text) }),
      PromptCommand(
        name: "today", arity: .optional, argument: "DAY",
        help: LocalText([.chinese: "把哪天当作今天；不写则恢复", .english: "the day that counts as today; none: as at the start"]),
        example: ":today 2026-11-01", action: { prompt, text throws(Stop) in try prompt.setToday(text) }),
      PromptCommand(
        name: "as", arity: .optional, argument: "USER",
        help: LocalText([.chinese: "以某个用户的权限提问；不写则恢复", .english: "ask as a user; none: as at the start"]),
        example: ":as chen", action: { prompt, text in prompt.become(text) }),
      PromptCommand(
        name: "lang", arity: .optional, argument: "zh|en",
        help: LocalText([.chinese: "答案用哪种语言；不写则随问题", .english: "the language of answers; none: the question's"]),
        example: ":lang en", completions: { Language.allCases.map(\.rawValue) },
        action: { prompt, text throws(Stop) in try prompt.setLanguage(text) }),
      PromptCommand(
        name: "format", arity: .required, argument: "NAME",
        help: LocalText([.chinese: "答案的格式", .english: "how answers are written"]), example: ":format csv",
        completions: { AnswerFormats.names }, action: { prompt, text throws(Stop) in try prompt.setFormat(text) }),
      PromptCommand(
        name: "keep", arity: .optional, argument: "WORD NAME",
        help: LocalText([.chinese: "把刚选定的意思（或某词）写进字典", .english: "write what was just chosen, or a word, into the dictionary"]),
        example: ":keep", action: { prompt, text throws(Stop) in try prompt.keep(text) }),
      PromptCommand(
        name: "private", arity: .optional, argument: "on|off",
        help: LocalText([.chinese: "不记下没听懂的问题", .english: "keep nothing of questions that are not understood"]),
        example: ":private", completions: { ["on", "off"] },
        action: { prompt, text throws(Stop) in try prompt.setPrivate(text) }),
      PromptCommand(
        name: "undo", arity: .none,
        help: LocalText([.chinese: "忘掉上一个问题，接着更早的问", .english: "forget the last question and go on from the one before"]),
        example: ":undo", action: { prompt, _ in prompt.undo() }),
      PromptCommand(
        name: "reset", arity: .none, help: LocalText([.chinese: "从头问起", .english: "start the conversation afresh"]),
        example: ":reset", action: { prompt, _ in prompt.reset() }),
      PromptCommand(
        name: "quit", arity: .none, help: LocalText([.chinese: "离开（也可按 Ctrl-D）", .english: "leave (or Ctrl-D)"]),
        example: ":quit", action: { prompt, _ in prompt.isOver = true }),
    ]
  }

  private static func names(of dimension: Dimension) -> [String] {
    [dimension.name] + Language.allCases.compactMap { dimension.title.texts[$0] }
  }

  /// Every command with its argument and what it does, aligned.
  func help(in language: Language) -> String {
    let usages = all.map { command in
      switch command.arity {
      case .none: ":" + command.name
      case .optional: ":\(command.name) [\(command.argument)]"
      case .required: ":\(command.name) \(command.argument)"
      }
    }
    let width = usages.map { DisplayWidth.of($0) }.max() ?? 0
    return zip(usages, all).map { usage, command in
      "  " + DisplayWidth.padded(usage, to: width) + "  " + command.help[language] + "\n"
    }.joined()
  }
}
