import CivilTime
import FoundationEssentials
import Metrics
import Parsing
import SourceText

/// Writes what a word means into a dataset's dictionary, and takes it back if the check then fails.
package struct DictionaryEdit: Sendable {
  /// What a word is to mean.
  package enum Target: Hashable, Sendable, CustomStringConvertible {
    case metric(String)
    case dimension(String)
    case value(dimension: String, String)

    package var description: String {
      switch self {
      case .metric(let name), .dimension(let name): name
      case .value(let dimension, let value): "\(dimension)=\(value)"
      }
    }
  }

  let home: Home
  let folder: String
  let dictionary: MetricDictionary
  let cacheFolder: String?

  package init(_ workspace: Workspace, cacheFolder: String?) {
    home = workspace.home
    folder = workspace.folder
    dictionary = workspace.dictionary
    self.cacheFolder = cacheFolder
  }

  /// What a name stands for: `gmv`, `region`, `region=华东`, or a title in place of a name.
  package func target(named text: String) -> Target? {
    let parts = text.split(separator: "=", maxSplits: 1).map { String(LineReader.trim($0)) }
    guard let name = parts.first else { return nil }
    if parts.count == 2 {
      return dictionary.dimensions.first { Self.isCalled(name, $0.name, $0.title) }.map { .value(dimension: $0.name, parts[1]) }
    }
    if let metric = dictionary.metrics.first(where: { Self.isCalled(name, $0.name, $0.title) }) { return .metric(metric.name) }
    return dictionary.dimensions.first { Self.isCalled(name, $0.name, $0.title) }.map { .dimension($0.name) }
  }

  /// What a word was taken for by a choice.
  package func target(of sense: WordSense) -> Target? {
    if let value = sense.value { return .value(dimension: sense.target, value) }
    return target(named: sense.target)
  }

  /// Names that a target may be meant by, for "did you mean".
  package var names: [String] { dictionary.metrics.map(\.name) + dictionary.dimensions.map(\.name) }

  private static func isCalled(_ text: String, _ name: String, _ title: LocalText) -> Bool {
    let wanted = DictionaryChecks.normalised(text)
    return ([name] + Language.allCases.compactMap { title.texts[$0] }).contains { DictionaryChecks.normalised($0) == wanted }
  }

  // MARK: Writing

  /// Makes the word a synonym.
  ///
  /// - Returns: where it stands now.
  /// - Throws: `DiagnosticsError` with what the check found; then the file is as it was.
  package func addSynonym(_ word: String, for target: Target) throws(DiagnosticsError) -> SourcePlace {
    // The words of a value stand under its language; a plain list is the dataset's own.
    let language = LanguageGuess.language(of: word, else: dictionary.language).rawValue
    let path =
      switch target {
      case .metric(let name): ["metrics", name, "synonyms", language]
      case .dimension(let name): ["dimensions", name, "synonyms", language]
      case .value(let dimension, let value):
        ["dimensions", dimension, "values", value, language == dictionary.language.rawValue ? "synonyms" : language]
      }
    return try write(.member(word), at: path)
  }

  /// Makes the target what the word means where nothing else decides: `defaults` of the dataset.
  package func addDefault(_ word: String, for target: Target) throws(DiagnosticsError) -> SourcePlace {
    let name =
      switch target {
      case .metric(let name), .dimension(let name), .value(let name, _): name
      }
    return try write(.text(name), at: ["defaults", word])
  }

  /// Writes down a metric's formula as certified: `certified: {formula: …, by: …, on: …}`.
  ///
  /// - Returns: where it stands now.
  /// - Throws: `DiagnosticsError`; then the file is as it was.
  package func certify(_ metric: String, by person: String, on day: Day) throws(DiagnosticsError) -> SourcePlace {
    guard let formula = dictionary.metric(metric)?.formula else {
      throw DiagnosticsError([Diagnostic(code: "unknown-metric", at: nil, found: metric)])
    }
    let file = try self.file(with: "metrics")
    let before: String
    var place = SourcePlace(file: file, line: 1)
    do throws(Diagnostic) {
      before = try SourceFile.read(file)
      var text = before
      for (key, value) in [("formula", FormulaNotation.text(formula)), ("by", person), ("on", day.description)] {
        let edit = try YAMLInsertion(.setting(value), at: ["metrics", metric, "certified", key], in: text, file: file)
        (text, place) = (edit.text, edit.place)
      }
      if dictionary.metric(metric)?.status == .draft {
        text = try YAMLInsertion(.setting("certified"), at: ["metrics", metric, "status"], in: text, file: file).text
      }
      try Self.replace(file, with: text)
    } catch { throw DiagnosticsError([error]) }
    let faults = DictionaryReader.read(folder: folder).diagnostics.filter { $0.severity == .error }
    if faults.isEmpty { return place }
    try? Self.replace(file, with: before)
    throw DiagnosticsError(faults)
  }

  private func write(_ leaf: YAMLInsertion.Leaf, at path: [String]) throws(DiagnosticsError) -> SourcePlace {
    let file = try self.file(with: path[0])
    let before: String
    let edit: YAMLInsertion
    do throws(Diagnostic) {
      before = try SourceFile.read(file)
      edit = try YAMLInsertion(leaf, at: path, in: before, file: file)
      try Self.replace(file, with: edit.text)
    } catch { throw DiagnosticsError([error]) }
    let faults = check()
    if faults.isEmpty { return edit.place }
    try? Self.replace(file, with: before)
    throw DiagnosticsError(faults)
  }

  /// The file that holds a top-level key; `dataset.yaml` if none does.
  private func file(with key: String) throws(DiagnosticsError) -> String {
    for name in DictionaryReader.files {
      let path = "\(folder)/\(name)"
      guard Files.exists(path), let text = try? SourceFile.read(path), let root = try? YAMLNode.parse(text, file: path),
        case .mapping(let entries) = root.content
      else { continue }
      if entries.contains(where: { $0.key == key }) { return path }
    }
    return folder + "/dataset.yaml"
  }

  /// Written aside and renamed, so that nobody ever reads half a file.
  private static func replace(_ path: String, with text: String) throws(Diagnostic) {
    do { try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic) } catch {
      throw Diagnostic(code: "cannot-write", at: SourcePlace(file: path, line: 1), found: "a file that cannot be written")
    }
  }

  /// What `wenshu check` finds wrong.
  private func check() -> [Diagnostic] {
    var faults: [Diagnostic] = []
    _ = Check.run(home: home, dataset: folder, cacheFolder: cacheFolder, progress: { _ in }) { line in
      if !line.isOK { faults.append(Diagnostic(code: "check-failed", at: line.place, found: line.text)) }
    }
    return faults
  }
}
