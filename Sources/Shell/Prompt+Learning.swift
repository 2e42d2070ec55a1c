import Answers
import Session
import SourceText
import Terminal

/// Help, examples, the tour, and what may be asked next.
extension Prompt {
  func help(_ text: String) throws(Stop) {
    if text.isEmpty { return Pager.show(commands.help(in: words.language, width: Surroundings.width())) }
    let name = text.hasPrefix(":") ? String(text.dropFirst()) : text
    guard let command = commands.named(name) else {
      throw Stop(words.unknownCommand(name, nearest: NearMiss.nearest(to: name, among: commands.all.map(\.name))))
    }
    Output.standard.write(commands.help(command, in: words.language, width: Surroundings.width()))
  }

  mutating func examples(_ text: String) throws(Stop) {
    guard let metric = metric(named: text) else {
      let valid = CommandNames(dictionary: workspace.dictionary, datasets: [], saved: []).metrics
      let nearest = NearMiss.nearest(to: text, among: valid)
      throw Stop(nearest.isEmpty ? words.noMetric(text) : words.notOneOf(text, nearest))
    }
    let found = AskedExamples(workspace).questions(of: metric, in: words.language)
    if found.isEmpty { return say(words.noExamples) }
    offer(found)
  }

  /// Lists lines, each to be chosen by its number.
  mutating func offer(_ lines: [String]) {
    offered = lines
    let digits = String(lines.count).count
    for (index, line) in lines.enumerated() {
      let number = "  " + DisplayWidth.padded(String(index + 1), to: digits, flushRight: true) + "  "
      Output.standard.line(Prompt.hanging(DisplayWidth.safe(line), lead: number).joined(separator: "\n"))
    }
  }

  // MARK: Next questions

  /// At a terminal, up to three questions that make sense now, each chosen by its number; not where readings wait for one.
  mutating func offerNext(after answer: Answer) {
    offered = []
    guard Surroundings.isConversing, !setup.options.quiet, formatName == "table", answer.status == .answered, answer.choices.isEmpty
    else { return }
    offered = next(after: answer)
    if offered.isEmpty { return }
    let theme = Surroundings.theme()
    let lines = offered.enumerated().flatMap { index, text in
      DisplayWidth.wrapped(DisplayWidth.safe(text), to: max(12, Surroundings.width() - 5)).enumerated().map { line, part in
        "  " + (line == 0 ? theme.paint(String(index + 1), as: .choice) : " ") + "  " + theme.paint(part, as: .faint)
      }
    }
    Output.standard.write("  " + theme.paint(words.askNext, as: .label) + "\n" + lines.map { $0 + "\n" }.joined() + "\n")
  }

  /// Of a definition, how that metric can be asked for; of numbers, what goes on from them.
  private func next(after answer: Answer) -> [String] {
    if !answer.columns.isEmpty { return conversation.next().map(\.text) }
    guard answer.metrics.count == 1, let metric = metric(named: answer.metrics[0].name) else { return [] }
    return Array(AskedExamples(workspace).questions(of: metric, in: words.language).prefix(3))
  }

  // MARK: Tour

  mutating func goOnTour() {
    let stops = AskedExamples(workspace).tour(in: words.language)
    if stops.isEmpty { return say(words.noTour) }
    let place = tour ?? 0
    guard place < stops.count else {
      tour = nil
      return say(words.tourEnds)
    }
    tour = nil
    let stop = stops[place]
    say(words.tourStop(place + 1, of: stops.count, stop.says))
    say(words.prompt + stop.text)
    take(stop.text)
    tour = place + 1
    if Surroundings.isConversing { say(place + 1 < stops.count ? words.tourGoesOn : words.tourEnds) }
    if place + 1 == stops.count { tour = nil }
  }
}
