import Answers
import Questions
import Session
import SourceText
import Terminal

/// Saved questions.
extension Prompt {
  mutating func save(_ name: String) throws(Stop) {
    guard let last, let question = conversation.previous else { throw Stop(nothingYet) }
    guard SavedPrompts.isName(name) else { throw Stop(words.badName(name)) }
    let label = PageWords(last.answer.language).note
    let notes = last.answer.details.filter { $0.label == label }.flatMap(\.lines)
    // A follow-up says too little by itself; its headline in dictionary words says it all.
    let isWhole = !last.isNotation && last.before.previous == nil
    let text = isWhole ? last.answer.question : QuestionWords(workspace.dictionary, in: last.answer.language).text(question)
    let before = SavedPrompts(workspace).named(name)
    try SavedPrompts(workspace).save(
      SavedPrompts.Saved(name: name, question: text, canonical: question.description, notes: notes))
    refreshCommands()
    say(words.saved(name, over: before.flatMap { $0.canonical == question.description ? nil : $0.question }))
  }

  mutating func runSaved(_ name: String) throws(Stop) {
    let saved = SavedPrompts(workspace)
    guard let found = saved.named(name) else {
      if saved.names.isEmpty { throw Stop(words.noneSaved) }
      let nearest = NearMiss.nearest(to: name, among: saved.names)
      throw Stop(words.notOneOf(name, nearest.isEmpty ? saved.names : nearest))
    }
    let before = conversation
    // Its words decide the language of its answer.
    let language = LanguageGuess.language(of: found.question, else: workspace.dictionary.language)
    let kept = conversation.options.language
    conversation.options.language = kept ?? language
    let answer = Answer.timed { conversation.query(notation: found.canonical) }
    conversation.options.language = kept
    take(answer, before, isNotation: true)
  }

  func listSaved() {
    let all = SavedPrompts(workspace).all
    if all.isEmpty { return say(words.noneSaved) }
    let width = all.map { DisplayWidth.of($0.name) }.max() ?? 0
    for saved in all {
      say("  " + DisplayWidth.padded(saved.name, to: width) + "  " + saved.question + (saved.notes.isEmpty ? "" : "  # " + saved.notes.joined(separator: " ")))
    }
  }

  mutating func refreshCommands() {
    commands = PromptCommands(
      dictionary: workspace.dictionary, datasets: Prompt.datasets(setup.home), saved: SavedPrompts(workspace).names,
      users: workspace.admission.users?.map(\.name) ?? [], sentences: sentences)
  }
}
