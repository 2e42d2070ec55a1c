import Metrics
import SourceText

/// A command of the prompt. One table of them feeds `:help`, completion, "did you mean", the manual and the tests.
struct PromptCommand: Sendable {
  enum Arity: Hashable, Sendable { case none, optional, required }

  /// What it is about: `:help` lists them by this.
  enum Topic: String, Hashable, Sendable, CaseIterable { case going, showing, keeping, knowing, asking }

  /// Without its colon: `values`.
  var name: String
  var topic: Topic
  var arity: Arity
  /// What its argument is: `DIMENSION`; empty without one.
  var argument = ""
  var help: LocalText
  /// A whole line that may be typed.
  var example: String
  /// The same in words, for commands that have it.
  var sentence = LocalText()
  var completions: @Sendable () -> [String] = { [] }
  /// Whether it acts on the last answer.
  var acts = Acts.never
  enum Acts: Sendable {
    case never
    /// Without an argument it does.
    case bare
    /// If there is one.
    case ifAny
    case always
  }
  /// Whether its argument is the name of a file.
  var takesFile = false
  var action: @Sendable (inout Prompt, String) throws(Stop) -> Void

  init(
    _ name: String, _ topic: Topic, _ arity: Arity = .none, _ argument: String = "", zh: String, en: String, example: String,
    words: (zh: String, en: String)? = nil, acts: Acts = .never, completions: @escaping @Sendable () -> [String] = { [] }, takesFile: Bool = false,
    action: @escaping @Sendable (inout Prompt, String) throws(Stop) -> Void
  ) {
    self.name = name
    self.topic = topic
    self.arity = arity
    self.argument = argument
    help = LocalText([.chinese: zh, .english: en])
    self.example = example
    if let words { sentence = LocalText([.chinese: words.zh, .english: words.en]) }
    self.acts = acts
    self.completions = completions
    self.takesFile = takesFile
    self.action = action
  }

  /// `:values DIMENSION`, `:explain [on|off]`
  var usage: String { usage(argument) }

  /// The same with its argument named in the words of a language.
  func usage(in language: Language) -> String { usage(ShellWords(language).argument(argument)) }

  private func usage(_ argument: String) -> String {
    switch arity {
    case .none: ":" + name
    case .optional: ":\(name) [\(argument)]"
    case .required: ":\(name) \(argument)"
    }
  }

  /// Whether it acts on the last answer when it is given this argument.
  func acts(with text: String) -> Bool {
    switch acts {
    case .never: false
    case .bare: text.isEmpty
    case .ifAny, .always: true
    }
  }
}
