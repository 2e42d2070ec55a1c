import Answers
import CivilTime
import Session
import SourceText
import Terminal

/// What the flags come to: where things are, how to ask and how to answer.
struct Setup {
  let home: Home
  let options: CommonOptions

  /// - Throws: `Stop` if Wenshu's own files are not found.
  init(_ options: CommonOptions) throws(Stop) {
    self.options = options
    let environment = Surroundings.variable("WENSHU_HOME").map { ["WENSHU_HOME": $0] } ?? [:]
    do throws(Diagnostic) {
      home = try Home.find(
        named: options.home, environment: environment, executable: Surroundings.executable(),
        currentFolder: Surroundings.currentFolder())
    } catch { throw Stop(error.description) }
  }

  /// Opens the dataset; what takes time is told on standard error.
  /// - Throws: `Stop` with every defect of its files.
  func open(_ dataset: String? = nil) throws(Stop) -> Workspace {
    let progress = Progress(isQuiet: options.quiet)
    defer { progress.finish() }
    let drafted = dataset == nil ? try draftedDataset(progress) : nil
    do throws(DiagnosticsError) {
      let workspace = try Workspace.open(
        home: home, dataset: dataset ?? drafted ?? options.dataset, cacheFolder: options.cache, progress: { progress.built($0) })
      progress.finish()
      workspace.limit(to: options.budget)
      if !options.isPrivate { OpenedWorkspaces.add(workspace) }
      for note in workspace.notes where !options.quiet { Output.errors.line("wenshu: \(note)") }
      return workspace
    } catch { throw Stop(error.description) }
  }

  func asking(_ workspace: Workspace) -> AskOptions {
    var asking = AskOptions(
      today: workspace.today(given: options.today?.day, clock: Surroundings.clockDay()), user: options.user,
      language: options.lang?.language, isStrict: options.strict, explains: options.explain)
    asking.usesRollups = !options.noRollups
    return asking
  }

  /// How to ask what is answered in the format of the command line, and in no other.
  func askingOnce(_ workspace: Workspace) -> AskOptions {
    var asking = asking(workspace)
    asking.tellsTexts = !saysAside
    return asking
  }

  /// Keeps a question that was not understood for `wenshu unknown`, unless it is private.
  func note(_ answer: Answer, _ workspace: Workspace, isPrivate: Bool = false) {
    if isPrivate || options.isPrivate || Surroundings.variable("WENSHU_UNANSWERED") == "off" { return }
    guard let entry = UnansweredLog.entry(answer, today: Surroundings.clockDay()) else { return }
    UnansweredLog(workspace, cacheFolder: options.cache).append(entry)
  }

  /// - Parameter standard: the format where none is asked for.
  func format(standard: String = "table") -> any AnswerFormat {
    let name = options.format?.name ?? standard
    return AnswerFormats.named(
      name, width: Surroundings.width(), theme: Surroundings.theme(), showsSQL: options.sql, turnsTime: turnsTime,
      breaksCode: Output.standard.isTerminal) ?? PlainFormat()
  }

  /// Whether time may stand across where that reads better.
  var turnsTime: Bool { options.pivot != PivotArgument.none }

  /// Writes an answer in the format of the command line, else in the one that the question asks for.
  func show(_ said: Answer) {
    var answer = said
    if answer.presentation == nil { answer.presentation = options.chart?.presentation }
    let wished = options.format?.name ?? answer.presentation?.format ?? "table"
    Pager.show(format(standard: wished).text(answer))
    if Self.isRowsAlone(wished) {
      Output.errors.write(answer.aside)
      let hasFormula = answer.rows.contains { row in row.contains { if case .text(let text) = $0 { Formulas.isFormula(text) } else { false } } }
      if hasFormula { Output.errors.line("wenshu: " + Formulas.warning) }
    }
  }

  /// Rows alone cannot carry what has to be said beside them; that goes to standard error then.
  var saysAside: Bool { options.format.map { Self.isRowsAlone($0.name) } ?? false }

  private static func isRowsAlone(_ format: String) -> Bool { ["csv", "tsv"].contains(format) }
}

/// Asking with the time it took.
extension Answer {
  static func timed(_ work: () -> Answer) -> Answer {
    let start = Surroundings.seconds()
    var answer = work()
    answer.seconds = ((Surroundings.seconds() - start) * 1e6).rounded() / 1e6
    return answer
  }

  /// The message and notices in words, for formats that hold only rows.
  var aside: String {
    let lines = (problem == nil && status != .empty ? [] : [headline]) + notices.map { "\(noticeLabel): \($0.text)" }
    return lines.map { $0 + "\n" }.joined()
  }
}
