import Answers
import CivilTime
import Metrics
import Questions
import Session
import SourceText
import Terminal

/// What `wenshu dictionary` shows of an open dataset.
struct DictionaryPages {
  private let command: DictionaryCommand
  private let setup: Setup
  private let workspace: Workspace
  private let options: AskOptions
  /// As it is in force today.
  private let dictionary: MetricDictionary
  private let builder: AnswerBuilder
  /// What the user may see.
  private let visible: Set<String>

  init(_ command: DictionaryCommand, _ setup: Setup, _ workspace: Workspace) throws(Stop) {
    (self.command, self.setup, self.workspace) = (command, setup, workspace)
    var options = setup.asking(workspace)
    options.language = options.language ?? workspace.dictionary.language
    self.options = options
    dictionary = workspace.dictionary.inForce(on: options.today)
    builder = Pipeline(workspace, options: options).builder(for: "").under(dictionary)
    do throws(Problem) { visible = Set(try workspace.admission.visibleMetrics(user: options.user)) } catch {
      throw Stop(builder.problem(error, question: "").headline, status: ExitStatus.refused)
    }
  }

  func perform() throws(Stop) -> Int32 {
    switch command.action {
    case .list: show(builder.catalogue(visible: visible))
    case .show: builder.profile(of: try metric(command.rest[0]), visible: visible).map(show)
    case .tree: try tree()
    case .history: show(builder.history(of: try command.rest.first.map { (name) throws(Stop) in try metric(name) }, visible: visible))
    case .diff: try differences()
    case .export: export()
    case .impact: return try impact()
    case .lint: return try lint()
    case .certify: try certify()
    case .import: break
    }
    return ExitStatus.answered
  }

  private func show(_ answer: Answer) { setup.show(answer) }

  private var isForPeople: Bool { ["table", "markdown"].contains(setup.options.format?.name ?? "table") }

  /// A metric by its name, title or synonym.
  private func metric(_ said: String) throws(Stop) -> String {
    let wanted = DictionaryChecks.normalised(said)
    func words(_ metric: Metric) -> [String] {
      [metric.name] + Language.allCases.compactMap { metric.title.texts[$0] } + metric.synonyms.all
    }
    let seen = dictionary.metrics.filter { visible.contains($0.name) }
    if let found = seen.first(where: { $0.name == said }) ?? seen.first(where: { words($0).contains { DictionaryChecks.normalised($0) == wanted } }) {
      return found.name
    }
    if dictionary.metric(said) != nil { throw Stop(builder.problem(.notGranted([said]), question: "").headline, status: ExitStatus.refused) }
    let near = NearMiss.nearest(to: said, among: seen.flatMap(words))
    throw Stop(builder.problem(.unknownName(said, kind: .metric, nearest: near), question: "").headline)
  }

  private func tree() throws(Stop) {
    guard let said = command.rest.first else { return show(builder.tree(visible: visible)) }
    let name = try metric(said)
    if !command.above { show(builder.tree(of: name, visible: visible)) }
    if isForPeople, !command.above { Output.standard.write("\n") }
    if command.above || isForPeople { show(builder.users(of: name, visible: visible)) }
  }

  // MARK: Differences

  private func differences() throws(Stop) {
    let rest = command.rest
    let language = options.language ?? .chinese
    if rest.count == 2, let first = Day(iso: rest[0]), let second = Day(iso: rest[1]) {
      let (old, new) = (workspace.dictionary.inForce(on: first), workspace.dictionary.inForce(on: second))
      return show(differences(DictionaryComparison(from: old, to: new, in: language).differences, rest[0], rest[1]))
    }
    if rest.count == 1, Files.exists(rest[0]) {
      let draft = try self.draft(rest[0])
      return show(differences(DictionaryComparison(from: workspace.dictionary, to: draft, in: language).differences, dictionary.name, rest[0]))
    }
    let name = try metric(rest[0])
    let all = workspace.dictionary.metric(name)!.allVersions
    let numbers = rest.dropFirst().map { Int($0.hasPrefix("v") ? String($0.dropFirst()) : $0) }
    let asked = numbers.isEmpty ? [all.dropFirst().first?.number ?? all[0].number, all[0].number] : numbers.compactMap { $0 }
    guard asked.count == 2, numbers.allSatisfy({ $0 != nil }) else { throw Stop("diff takes a metric and two versions, such as 1 2") }
    var sides: [Metric] = []
    for number in asked {
      guard let version = all.first(where: { $0.number == number }) else {
        throw Stop(builder.problem(.noDefinition(metric: name, version: number, known: all.map(\.number).sorted()), question: "").headline)
      }
      var side = workspace.dictionary.metric(name)!
      side.versions = [version]
      sides.append(side)
    }
    let found = DictionaryComparison(from: dictionary, to: dictionary, in: language).between(sides[0], sides[1])
    show(builder.differences(found, from: "\(name) v\(asked[0])", to: "v\(asked[1])"))
  }

  private func differences(_ found: [DictionaryDifference], _ old: String, _ new: String) -> Answer {
    builder.differences(found.filter { visible.contains($0.name) || dictionary.metric($0.name) == nil }, from: old, to: new)
  }

  private func draft(_ path: String) throws(Stop) -> MetricDictionary {
    do throws(DiagnosticsError) {
      return try DraftDictionary.read(path, over: workspace.folder).continuing(workspace.dictionary).uncertified(against: workspace.dictionary)
    } catch { throw Stop(error.description) }
  }

  // MARK: Export

  /// For documents each metric is a section; for programs each version is a row.
  private func export() {
    guard setup.options.format?.name == "markdown" else { return show(builder.export(visible: visible)) }
    let metrics = dictionary.metrics.filter { visible.contains($0.name) }
    for (place, metric) in metrics.enumerated() {
      if place > 0 { Output.standard.write("\n") }
      builder.profile(of: metric.name, visible: visible).map(show)
    }
  }

  // MARK: Impact and lint

  private func saved() throws(Stop) -> SavedQuestions {
    do throws(Diagnostic) { return try SavedQuestions(workspace, today: options.today, files: command.questions) } catch {
      throw Stop(error.description)
    }
  }

  private func impact() throws(Stop) -> Int32 {
    let draft = try self.draft(command.rest[0])
    let progress = Progress()
    defer { progress.finish() }
    let other: Workspace
    do throws(DiagnosticsError) {
      other = try workspace.under(draft, cacheFolder: setup.options.cache, progress: { progress.built($0) })
    } catch { throw Stop(error.description) }
    let (moves, asked) = DictionaryImpact(workspace, draft: other, options: options).run(try saved().visible(visible))
    progress.finish()
    show(builder.impact(moves, asked: asked, forPeople: isForPeople))
    return ExitStatus.answered
  }

  private func lint() throws(Stop) -> Int32 {
    let found = DictionaryLint(workspace, saved: try saved(), options: options).findings().filter { visible.contains($0.metric) }
    show(builder.findings(found, forPeople: isForPeople))
    return found.isEmpty ? ExitStatus.answered : ExitStatus.badUsage
  }

  // MARK: Certifying

  private func certify() throws(Stop) {
    let name = try metric(command.rest[0])
    let edit = DictionaryEdit(workspace, cacheFolder: setup.options.cache)
    do throws(DiagnosticsError) {
      let place = try edit.certify(name, by: command.by ?? "", on: Surroundings.clockDay())
      Output.standard.line("\(place): \(name) = \(FormulaNotation.text(dictionary.metric(name)!.formula))")
    } catch { throw Stop(error.description) }
  }
}
