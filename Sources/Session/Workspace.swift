import Answers
import CivilTime
import FoundationEssentials
import Glibc
import Governance
import Metrics
import Parsing
import Phrasebook
import Planning
import Questions
import SourceText
import Synchronization
import Warehouse

/// One dataset, opened: its dictionary, its words and rules, its warehouse.
///
/// It never changes after opening, so conversations and batches can share it.
package final class Workspace: Sendable {
  package let home: Home
  package let folder: String
  package let dictionary: MetricDictionary
  package let database: Database
  package let reader: QuestionReader
  package let coverage: DataCoverage
  /// What was measured of the data's quality when it was loaded.
  package let quality: DataQuality
  package let admission: Admission
  private let kept = Mutex<RollupCatalog?>(nil)
  private let keptRollups: KeptRollups
  /// How often rollups serve.
  package let rollupUse: RollupUse

  /// What the warehouse keeps summed up, looked at when the first question is planned; none where it cannot be read.
  package var rollups: RollupCatalog {
    kept.withLock { kept in
      let catalog = kept ?? (try? database.rollups { keptRollups.definitions }) ?? RollupCatalog()
      kept = catalog
      return catalog
    }
  }

  private init(
    home: Home, folder: String, dictionary: MetricDictionary, database: Database, reader: QuestionReader,
    coverage: DataCoverage, quality: DataQuality, policy: Policy?, rollups: KeptRollups, rollupUse: RollupUse
  ) {
    keptRollups = rollups
    self.rollupUse = rollupUse
    self.home = home
    self.folder = folder
    self.dictionary = dictionary
    self.database = database
    self.reader = reader
    self.coverage = coverage
    self.quality = quality
    admission = Admission(policy: policy, dictionary: dictionary)
  }

  /// Opens a dataset, building its warehouse if that is missing or stale.
  ///
  /// - Parameters:
  ///   - dataset: a folder, or the name of one in `<home>/datasets`; nil = retail.
  ///   - cacheFolder: where built warehouses are kept; nil = the user's cache folder.
  ///   - progress: told in one line what takes long.
  /// - Throws: `DiagnosticsError` with every defect found in the files.
  package static func open(
    home: Home, dataset: String?, cacheFolder: String? = nil, progress: @Sendable (String) -> Void
  ) throws(DiagnosticsError) -> Workspace {
    let folder = try DatasetFolder.find(dataset, home: home)
    let cacheFolder = cacheFolder ?? CacheFolder.standard()
    let files = StartFiles(home: home, folder: folder)
    var kept = KeptKnowledge(cacheFolder: cacheFolder, folder: folder, files: files)
    let known = kept.read()
    let authored = known == nil ? try Authored.read(home: home, folder: folder) : nil
    let (dictionary, policy) = known.map { ($0.dictionary, $0.policy) } ?? (authored!.dictionary, authored!.policy)
    let database = try WarehouseBuilder.open(
      dictionary: dictionary, folder: folder, cacheFolder: cacheFolder, progress: progress)
    var grammar = known?.grammar
    let rollups = known?.rollups ?? KeptRollups(dictionary)
    if known?.dataVersion != database.dataVersion {
      let rules = if let authored { authored.rules } else { try Authored.rules(home: home) }
      let values = try answering { () throws(Problem) in try database.allValues() }
      grammar = CompiledGrammar(rules, Vocabulary(rules: rules, dictionary: dictionary, values: values))
      // Files that changed while they were read are read again at the next start.
      if files.contentHash() == kept.contentHash {
        kept.keep(
          Knowledge(dictionary: dictionary, policy: policy, grammar: grammar!, dataVersion: database.dataVersion, rollups: rollups))
      }
    }
    return Workspace(
      home: home, folder: folder, dictionary: dictionary, database: database,
      reader: QuestionReader(
        grammar: grammar!, dictionary: dictionary, spelling: Spelling { PhrasebookFiles.spelling(home: home) }),
      coverage: try answering { () throws(Problem) in try database.coverage() },
      quality: try answering { () throws(Problem) in try database.quality() }, policy: policy,
      rollups: rollups, rollupUse: RollupUse(folder: folder, cacheFolder: cacheFolder))
  }

  /// A workspace under another dictionary, over the same data unless its tables are others.
  static func drafted(
    _ base: Workspace, _ draft: MetricDictionary, cacheFolder: String, progress: @Sendable (String) -> Void
  ) throws(DiagnosticsError) -> Workspace {
    let isSame = draft.schema == base.dictionary.schema && draft.dimensions == base.dictionary.dimensions
      && draft.warehouseFile == base.dictionary.warehouseFile && draft.dataFolder == base.dictionary.dataFolder
    let policy = PolicyReader.read(folder: base.folder, dictionary: draft)
    let errors = policy.diagnostics.filter { $0.severity == .error }
    if !errors.isEmpty { throw DiagnosticsError(errors) }
    let database = isSame
      ? base.database
      : try WarehouseBuilder.open(dictionary: draft, folder: base.folder, cacheFolder: cacheFolder, progress: progress)
    return Workspace(
      home: base.home, folder: base.folder, dictionary: draft, database: database, reader: base.reader,
      coverage: isSame ? base.coverage : try answering { () throws(Problem) in try database.coverage() },
      quality: isSame ? base.quality : try answering { () throws(Problem) in try database.quality() }, policy: policy.policy,
      rollups: KeptRollups(draft), rollupUse: base.rollupUse)
  }

  /// What the warehouse knows of itself.
  private static func answering<Value>(_ body: () throws(Problem) -> Value) throws(DiagnosticsError) -> Value {
    do throws(Problem) { return try body() } catch {
      throw DiagnosticsError([
        Diagnostic(code: "unreadable-warehouse", at: nil, found: "\(error)", expected: "a warehouse of this dataset")
      ])
    }
  }

  /// A number that is another one after somebody wrote to the warehouse; nil if it cannot be had.
  package var dataChanges: Int? { try? database.changes() }

  /// The newest day with data.
  package var lastLoadedDay: Day? { coverage.lastDay }

  /// Today as this dataset sees it: the day given, else the day after the newest data if its calendar is anchored
  /// there, else the clock's.
  package func today(given: Day?, clock: Day) -> Day {
    if let given { return given }
    if dictionary.calendar.anchor == .latestData, let last = lastLoadedDay { return last.adding(days: 1) }
    return clock
  }

  /// Sets what each query from now on may cost.
  package func limit(to budget: QueryBudget) { database.limit(to: budget) }

  /// Stops a running query; safe to call from any thread.
  package func interrupt() { database.interrupt() }
  /// Answers again, after an interrupt.
  package func resume() { database.resume() }
  /// Interrupts are heard at once, also by what does not stop by itself.
  package func stopAtOnce() { database.stopAtOnce() }
  package var isInterrupted: Bool { database.isInterrupted }
}

/// What people wrote for a dataset, read from their files: words, rules, dictionary and policy.
private struct Authored {
  var rules: PhraseRules
  var dictionary: MetricDictionary
  var policy: Policy?

  /// - Throws: `DiagnosticsError` with every error in any of the files.
  static func read(home: Home, folder: String) throws(DiagnosticsError) -> Authored {
    let ((rules, ruleFaults), (dictionary, faults)) = Concurrently.both(
      { PhrasebookFiles.read(home: home) }, { DictionaryReader.read(folder: folder) })
    let policy = dictionary.map { PolicyReader.read(folder: folder, dictionary: $0) }
    let errors = (ruleFaults + faults + (policy?.diagnostics ?? [])).filter { $0.severity == .error }
    guard let dictionary, errors.isEmpty else { throw DiagnosticsError(errors) }
    return Authored(rules: rules, dictionary: dictionary, policy: policy?.policy)
  }

  static func rules(home: Home) throws(DiagnosticsError) -> PhraseRules {
    let (rules, faults) = PhrasebookFiles.read(home: home)
    let errors = faults.filter { $0.severity == .error }
    if !errors.isEmpty { throw DiagnosticsError(errors) }
    return rules
  }
}

/// Finds the folder of a dataset.
package enum DatasetFolder {
  /// - Throws: `DiagnosticsError` that names the datasets there are.
  package static func find(_ dataset: String?, home: Home) throws(DiagnosticsError) -> String {
    let name = dataset ?? "retail"
    for path in [name, "\(home.path)/datasets/\(name)"] where Files.exists(path + "/dataset.yaml") { return path }
    let known = Folder.names(in: home.path + "/datasets")
    let hint = Files.isFolder(name)
      ? "the folder has no dataset.yaml" : "known datasets: " + known.joined(separator: ", ")
    throw DiagnosticsError([
      Diagnostic(
        code: "no-dataset", at: nil, found: name, expected: "a folder with dataset.yaml, or the name of a dataset",
        hint: hint)
    ])
  }
}

/// Where built warehouses are kept.
package enum CacheFolder {
  /// `$XDG_CACHE_HOME/wenshu`, else `~/.cache/wenshu`, else a folder of the user's own among temporary files.
  package static func standard() -> String {
    let environment = ProcessInfo.processInfo.environment
    if let cache = environment["XDG_CACHE_HOME"], cache.hasPrefix("/") { return cache + "/wenshu" }
    if let home = environment["HOME"], home.hasPrefix("/"), home != "/" { return home + "/.cache/wenshu" }
    // Temporary folders are shared: the user's number keeps one person's data from another's questions.
    return (environment["TMPDIR"] ?? "/tmp") + "/wenshu-" + String(getuid())
  }
}
