import CivilTime
import FoundationEssentials
import Metrics
import Parsing
import Planning
import Questions
import Session
import SourceText
import TestSupport

/// A dataset as property tests draw from it: its dictionary, its words, and the values that its data has.
struct OpenDataset: Sendable {
  let name: String
  let workspace: Workspace
  let values: [String: [String]]
  /// Metric → the dimensions it can be cut by.
  let reachable: [String: [String]]
  let context: TimeContext

  var dictionary: MetricDictionary { workspace.dictionary }
  var resolver: Resolver { Resolver(dictionary: dictionary, context: context) }

  private init(_ name: String, _ workspace: Workspace) {
    self.name = name
    self.workspace = workspace
    values = workspace.allValues()
    let reach = Reachability(workspace.dictionary)
    reachable = Dictionary(uniqueKeysWithValues: workspace.dictionary.metrics.map { ($0.name, reach.dimensions(of: $0)) })
    context = TimeContext(
      today: workspace.today(given: nil, clock: Day(2026, 11, 1)!), calendar: workspace.dictionary.calendar,
      lastLoadedDay: workspace.lastLoadedDay)
  }

  /// The datasets that come with the program, the flagship first, and those with real data where their data is at hand.
  static let all: [OpenDataset] = {
    let real = ProjectFolder.path + "/Tests/RealData"
    let others = Folder.names(in: real).filter { name in
      Files.isFolder("\(real)/\(name)/\(DictionaryReader.read(folder: real + "/" + name).dictionary?.dataFolder ?? "")")
    }
    return ["retail", "manufacturing", "app"].map { open($0, $0) } + others.map { open($0, real + "/" + $0) }
  }()

  static var retail: OpenDataset { all[0] }

  private static func open(_ name: String, _ dataset: String) -> OpenDataset {
    do throws(DiagnosticsError) {
      return OpenDataset(
        name,
        try Workspace.open(
          home: Home(path: ProjectFolder.path), dataset: dataset, cacheFolder: ProjectFolder.cache, progress: { _ in }))
    } catch { fatalError("\(name) cannot be opened: \(error.diagnostics)") }
  }
}

/// How many cases a run draws, and from which seed; both are printed, and set by environment variables.
enum Draw {
  /// `WENSHU_SEED`, else always the same: what fails tomorrow fails because something changed. `.ci/draw` tries other questions.
  static let seed: UInt64 = number("WENSHU_SEED").map { UInt64($0) } ?? 20_261_031

  /// `WENSHU_CASES`, else `standard`.
  static func cases(_ standard: Int) -> Int { number("WENSHU_CASES") ?? standard }

  static func number(_ variable: String) -> Int? { ProcessInfo.processInfo.environment[variable].flatMap { Int($0) } }
}
