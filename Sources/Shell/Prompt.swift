import Answers
import CivilTime
import Metrics
import Questions
import Session
import SourceText
import Terminal

/// The state of the prompt: a dataset, how to ask it, and the conversation so far.
struct Prompt {
  let setup: Setup
  private(set) var workspace: Workspace
  var commands: PromptCommands
  private(set) var asking: AskOptions
  var conversation: Conversation
  var last: Asked?
  var formatName: String
  var showsSQL: Bool
  /// How answers are drawn from now on; nil: as each question asks.
  var picture: Presentation?
  /// Commands in words.
  let sentences: PromptSentences
  /// Whether time may stand across from now on, where that reads better.
  var turnsTime: Bool
  /// What was shown last, to be exported: an answer, or the rows behind it.
  var shown: [Answer] = []
  /// Lines that a number typed next stands for, where the answer offers no readings: next questions, "did you mean".
  var offered: [String] = []
  /// What Enter alone takes: the one thing offered for the line before, in place of something mistyped or not known.
  var accepted: Correction?
  struct Correction {
    /// As it is shown, and as it would be typed.
    var text: String
    var line: String
  }
  /// The line as it was typed at a terminal, where it stands just above; nil for all others.
  var typed: String?
  /// How far `:tour` has come; nil = not on tour.
  var tour: Int?
  /// Whether nothing of the questions is kept.
  private var isPrivate = false
  /// Set by `:quit`.
  var isOver = false
  /// The highest exit status of the questions.
  var status = ExitStatus.answered

  /// The last answer before a question that was not answered, and what was shown of it.
  private var answered: (asked: Asked, shown: [Answer])?
  /// The language of the conversation, also where it starts afresh.
  private var spoken: Language?

  /// The last question, so that it can be opened again.
  struct Asked {
    var before: Conversation
    var answer: Answer
    /// Typed words, or the notation of a choice.
    var isNotation: Bool
  }

  init(_ setup: Setup, _ workspace: Workspace) {
    self.setup = setup
    self.workspace = workspace
    asking = setup.asking(workspace)
    asking.spoken = Surroundings.language()
    conversation = Conversation(workspace, options: asking)
    formatName = setup.options.format?.name ?? "table"
    picture = setup.options.chart?.presentation
    turnsTime = setup.turnsTime
    showsSQL = setup.options.sql
    sentences = PromptSentences(home: setup.home)
    commands = PromptCommands(
      dictionary: workspace.dictionary, datasets: Prompt.datasets(setup.home), saved: SavedPrompts(workspace).names,
      users: workspace.admission.users?.map(\.name) ?? [], sentences: sentences)
  }

  static func datasets(_ home: Home) -> [String] {
    Folder.names(in: home.path + "/datasets").filter { Files.isFolder(home.path + "/datasets/" + $0) }
  }

  /// What the prompt says, in the language of the last question.
  var words: ShellWords {
    ShellWords(asking.language ?? conversation.language ?? spoken ?? Surroundings.language() ?? workspace.dictionary.language)
  }

  var banner: String {
    let dictionary = workspace.dictionary
    let title = dictionary.title[words.language]
    return words.banner(
      title: title.isEmpty ? dictionary.name : title, dataThrough: workspace.lastLoadedDay?.description)
  }

  // MARK: A line

  /// Does what a line says: a command, the number of a choice, or a question.
  mutating func take(_ line: String) {
    let text = LineReader.trim(line[...])
    if text.isEmpty, tour != nil { return goOnTour() }
    if let accepted {
      self.accepted = nil
      if text.isEmpty, typed != nil { return accept(accepted) }
    }
    if text.isEmpty || text.hasPrefix("#") { return }
    if text.hasPrefix(":") || text.hasPrefix("：") { return run(text.dropFirst()) }
    if let number = Int(text) {
      if offered.indices.contains(number - 1) { return take(offered[number - 1]) }
      if let last, !last.answer.choices.isEmpty { return choose(number) }
    }
    if let command = sentences.command(saying: String(text)) { return run(command[...]) }
    tour = nil
    answer(String(text))
  }

  private mutating func run(_ text: Substring) {
    let name = String(text.prefix { !$0.isWhitespace })
    let argument = String(LineReader.trim(text.dropFirst(name.count)))
    guard let command = commands.named(name) else {
      let near = NearMiss.nearest(to: name, among: commands.all.map(\.name))
      // Writing over a file is meant only where it is typed.
      let nearest = near.filter { !$0.hasSuffix("!") || name.hasSuffix("!") || near.count == 1 }
      offered = nearest.map { ":" + $0 + (argument.isEmpty ? "" : " " + argument) }
      say(words.unknownCommand(name, nearest: nearest))
      if offered.count == 1 { offer(Correction(text: offered[0], line: offered[0])) }
      if offered.count > 1, Surroundings.isConversing { offer(offered) }
      return
    }
    if command.arity == .required, argument.isEmpty {
      return say(words.needsArgument(name, command.argument, example: command.example))
    }
    if command.arity == .none, !argument.isEmpty { return say(words.takesNoArgument(name)) }
    do throws(Stop) {
      if command.acts(with: argument) { try resume(isNeeded: command.acts != .ifAny) }
      try command.action(&self, argument)
    } catch { say(error.text) }
  }

  /// After a question that was not answered, what acts on an answer acts on the one before it, and says so.
  private mutating func resume(isNeeded: Bool) throws(Stop) {
    guard conversation.isBroken else { return }
    guard let before = answered else {
      if isNeeded { throw Stop(words.notAnswered) }
      return
    }
    conversation.resume()
    (last, shown, answered, offered) = (before.asked, before.shown, nil, [])
    guard let question = conversation.previous else { return }
    say(words.resumed(QuestionWords(workspace.dictionary, in: words.language).text(question)))
  }

  // MARK: Questions

  mutating func answer(_ text: String) {
    let before = conversation
    // The answer may be in another language; the line above was typed behind this prompt.
    let lead = words.prompt
    let answer = Answer.timed { conversation.ask(text) }
    setup.note(answer, workspace, isPrivate: isPrivate)
    echo(text, behind: lead)
    take(answer, before, isNotation: false)
  }

  private mutating func choose(_ number: Int) {
    let before = conversation
    guard let answer = conversation.choose(number) else { return say(words.noChoice) }
    take(answer, before, isNotation: true)
  }

  mutating func take(_ answer: Answer, _ before: Conversation, isNotation: Bool) {
    spoken = answer.language
    if answer.problem != nil, let last, last.answer.problem == nil { answered = (last, shown) }
    last = Asked(before: before, answer: answer, isNotation: isNotation)
    offered = []
    status = max(status, answer.exitCode)
    show(answer)
    shown = [answer]
    offerNext(after: answer)
    if answer.problem != nil, answer.choices.count == 1 { offer(Correction(text: answer.choices[0].text, line: "1")) }
  }

  func show(_ answer: Answer) {
    // A picture that is drawn of every answer leaves them in the format that was chosen.
    let name = answer.presentation?.format ?? formatName
    let answer = pictured(answer)
    let format =
      AnswerFormats.named(
        name, width: Surroundings.width(), theme: Surroundings.theme(), showsSQL: showsSQL, turnsTime: turnsTime,
        breaksCode: Output.standard.isTerminal) ?? PlainFormat()
    Pager.show(format.text(answer) + (format is PlainFormat ? "\n" : ""))
    if ["csv", "tsv"].contains(name) { Output.errors.write(answer.aside) }
  }

  /// The answer drawn as `:chart` says, unless its own question says otherwise, or there are no numbers in it, as in a list.
  func pictured(_ answer: Answer) -> Answer {
    guard answer.presentation == nil, let picture, answer.columns.contains(where: { $0.isShown && $0.isNumeric && $0.role != .group }) else { return answer }
    var drawn = answer
    drawn.presentation = picture
    return drawn
  }

  // MARK: Commands

  mutating func explain(_ text: String) throws(Stop) {
    if !text.isEmpty {
      asking.explains = try isOn(text)
      conversation.options = asking
      return acknowledge(words.explains(asking.explains))
    }
    guard let last else { throw Stop(nothingYet) }
    show(explained(last))
  }

  mutating func use(_ dataset: String) throws(Stop) {
    let known = Prompt.datasets(setup.home)
    if !known.contains(dataset), !Files.isFolder(dataset) { throw Stop(words.notOneOf(dataset, known)) }
    workspace = try setup.open(dataset)
    let kept = asking
    asking = setup.asking(workspace)
    (asking.user, asking.language, asking.spoken, asking.explains) = (kept.user, kept.language, words.language, kept.explains)
    refreshCommands()
    forget()
    say(banner)
  }

  /// Writes what was last chosen, or a word and its meaning, into the dictionary.
  mutating func keep(_ text: String) throws(Stop) {
    let edit = DictionaryEdit(workspace, cacheFolder: setup.options.cache)
    if !text.isEmpty {
      guard let space = text.lastIndex(of: " ") else { throw Stop(words.needsArgument("keep", "WORD NAME", example: ":keep 业绩 net_sales")) }
      say(try edit.keep(String(LineReader.trim(text[..<space])), as: String(text[text.index(after: space)...])))
    } else {
      guard let picked = conversation.picked, let target = edit.target(of: picked) else { throw Stop(words.nothingChosen) }
      say(try edit.keep(picked.word, as: target, isDefault: workspace.reader.isName(picked.word)))
    }
    workspace = try setup.open(workspace.folder)
    conversation = conversation.moved(to: workspace)
  }

  mutating func setPrivate(_ text: String) throws(Stop) {
    isPrivate = text.isEmpty ? true : try isOn(text)
    say(words.keeps(!isPrivate))
  }

  mutating func setToday(_ text: String) throws(Stop) {
    if text.isEmpty {
      asking.today = setup.asking(workspace).today
    } else if let day = Day(iso: text) {
      asking.today = day
    } else {
      throw Stop(words.notADay(text))
    }
    conversation.options = asking
    say(words.today(asking.today.description))
  }

  mutating func become(_ user: String) throws(Stop) {
    guard let users = workspace.admission.users else { throw Stop(words.noUsers) }
    let name = user.isEmpty ? setup.options.user : user
    let known = users.first { $0.name == name }
    if !user.isEmpty, known == nil {
      let names = users.map(\.name)
      let nearest = NearMiss.nearest(to: user, among: names)
      throw Stop(words.unknownUser(user, nearest.isEmpty && names.count <= 8 ? names : nearest))
    }
    asking.user = name
    forget()
    say(name.map { words.user($0, roles: known?.roles ?? []) } ?? words.noUser(role: workspace.admission.defaultRole))
  }

  /// What a setting does from now on: said to a person, not to what reads a pipe.
  func acknowledge(_ text: String) {
    if Surroundings.isConversing, !setup.options.quiet { say(text) }
  }

  /// Said of what goes on from an answer, before there is one.
  var nothingYet: String {
    let first = AskedExamples(workspace).tour(in: words.language).first { !$0.text.hasPrefix(":") }?.text
    return words.nothingYet(example: first ?? workspace.dictionary.metrics.first { !$0.title[words.language].isEmpty }?.title[words.language] ?? "")
  }

  mutating func setLanguage(_ text: String) throws(Stop) {
    if text.isEmpty {
      asking.language = setup.options.lang?.language
    } else if let language = Language(rawValue: text) {
      asking.language = language
    } else {
      throw Stop(words.notOneOf(text, Language.allCases.map(\.rawValue)))
    }
    conversation.options = asking
    acknowledge(words.answersIn(asking.language))
  }

  mutating func setFormat(_ text: String) throws(Stop) {
    guard AnswerFormats.names.contains(text) else { throw Stop(words.notOneOf(text, AnswerFormats.names)) }
    formatName = text
    acknowledge(words.writtenAs(text))
  }

  mutating func undo() {
    if conversation.previous == nil, !conversation.isBroken { return say(nothingYet) }
    conversation.undo()
    (offered, answered) = ([], nil)
    // What there is now can be shown and exported again.
    last = conversation.previous.map { Asked(before: conversation, answer: conversation.aside($0), isNotation: true) }
    shown = last.map { [$0.answer] } ?? []
    say(conversation.previous.map { words.again(QuestionWords(workspace.dictionary, in: words.language).text($0)) } ?? words.afresh)
  }

  mutating func reset() {
    forget()
    say(words.afresh)
  }

  mutating func forget() {
    asking.spoken = words.language
    conversation = Conversation(workspace, options: asking)
    (last, answered) = (nil, nil)
    (shown, offered) = ([], [])
  }
}
