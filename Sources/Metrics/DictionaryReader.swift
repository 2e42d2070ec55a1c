import CivilTime
import SourceText

/// Reads a dataset's dictionary from its folder: `dataset.yaml`, `tables.yaml`, `dimensions.yaml`, `metrics.yaml`, or all
/// of it in `dataset.yaml`.
///
/// Every defect is reported with its place; one never hides another, and the checks of `DictionaryChecks` are made too.
package struct DictionaryReader {
  /// The files a dictionary may be spread over, in the order they are read.
  package static let files = ["dataset.yaml", "tables.yaml", "dimensions.yaml", "metrics.yaml"]

  /// One file of a dictionary: the name that messages use, and its text.
  package struct File: Sendable {
    package let name: String
    package let text: String
    package init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }

  let report = DiagnosticCollector()
  var dictionary = MetricDictionary(name: "")
  var source = DictionarySource()
  var language: Language { dictionary.language }

  /// The dictionary of a folder, and what is wrong with it; nil if anything is an error rather than a warning.
  package static func read(folder: String) -> (dictionary: MetricDictionary?, diagnostics: [Diagnostic]) {
    let paths = files.map { folder + "/" + $0 }.filter(SourceFile.exists)
    if paths.isEmpty {
      let expected = "a folder with " + files.joined(separator: ", ")
      return (nil, [Diagnostic(code: "no-dataset", at: nil, found: "no dictionary in \(folder)", expected: expected)])
    }
    var (texts, defects): ([File], [Diagnostic]) = ([], [])
    for path in paths {
      do throws(Diagnostic) { texts.append(File(name: path, text: try SourceFile.read(path))) } catch {
        defects.append(error)
      }
    }
    if !defects.isEmpty { return (nil, defects) }
    return read(texts, folderName: folder.split(separator: "/").last.map(String.init) ?? folder)
  }

  /// The same from texts at hand; `folderName` is the dataset's name if it gives none.
  ///
  /// - Parameter overlay: laid over what the files say, down to the fields of a metric.
  package static func read(_ files: [File], overlay: File? = nil, folderName: String = "dataset")
    -> (dictionary: MetricDictionary?, diagnostics: [Diagnostic])
  {
    var reader = DictionaryReader()
    var roots: [YAMLNode] = []
    for file in files {
      do throws(Diagnostic) { roots.append(try YAMLNode.parse(file.text, file: file.name)) } catch { reader.report.add(error) }
    }
    if let overlay {
      do throws(Diagnostic) {
        let over = try YAMLNode.parse(overlay.text, file: overlay.name)
        // Only what stands in the draft may be laid over; each section once.
        roots = [YAMLNode.joining(roots).overlaid(by: over, depth: 3)]
      } catch { reader.report.add(error) }
    }
    if !reader.report.hasErrors { reader.read(roots, folderName) }
    reader.dictionary.fingerprint = fingerprint(of: files + (overlay.map { [$0] } ?? []))
    let diagnostics = reader.report.diagnostics
    return (reader.report.hasErrors ? nil : reader.dictionary, diagnostics)
  }

  private mutating func read(_ roots: [YAMLNode], _ folderName: String) {
    for root in roots { _ = YAMLMapping(root, "a dataset file", report) }
    let root = YAMLMapping(merged(roots), "a dataset", report)
    readDataset(root, folderName)
    dictionary.schema = schema(root)
    checkDays(root)
    dictionary.dimensions = dimensions(root)
    dictionary.hierarchies = hierarchies(root)
    dictionary.metrics = metrics(root)
    deriveUnits()
    if let node = root.value("defaults") { checkDefaults(node) }
    root.finish()
    // Checks of a dictionary that could not be read whole would speak of what is only missing from the reading.
    let checks = DictionaryChecks(dictionary: dictionary, source: source)
    report.add(contentsOf: report.hasErrors ? checks.namesAlone() : checks.all())
  }

  /// The top-level keys of all files as one mapping; a key in two files is reported.
  private func merged(_ roots: [YAMLNode]) -> YAMLNode {
    var first: [String: SourcePlace] = [:]
    for root in roots {
      guard case .mapping(let entries) = root.content else { continue }
      for entry in entries {
        if let earlier = first[entry.key] {
          report.add(
            Diagnostic(
              code: "duplicate-section", at: entry.keyPlace, found: "\"\(entry.key)\" a second time",
              expected: "each top-level key in one file", hint: "it stands first in \(earlier)"))
        }
        first[entry.key] = first[entry.key] ?? entry.keyPlace
      }
    }
    return YAMLNode.joining(roots)
  }

  // MARK: dataset.yaml

  private mutating func readDataset(_ root: YAMLMapping, _ folderName: String) {
    dictionary.name = root.text("name") ?? folderName
    dictionary.language = root.choice("language") ?? .chinese
    dictionary.title = root.localText("title", language)
    if dictionary.title.isEmpty { dictionary.title = LocalText(dictionary.name, in: language) }
    if let node = root.value("calendar") { readCalendar(YAMLMapping(node, "a calendar", report)) } else { dictionary.calendar.holidays = usualHolidays }
    if let node = root.value("warehouse") {
      let warehouse = YAMLMapping(node, "a warehouse", report)
      dictionary.warehouseFile = warehouse.text("file")
      warehouse.finish()
    }
    readRollups(root)
    dictionary.dataFolder = root.text("data") ?? "data"
    dictionary.fillers = root.localWords("fillers", language)
    for entry in root.entries("owners") { dictionary.ownerWords[entry.key] = report.localWords(entry.value, language) }
    // Keys of the format that say nothing yet. Not `policy`: a policy that is read by nobody must not look like one.
    _ = root.value("currency")
    if let node = root.value("defaults") { dictionary.defaults = defaults(node) }
  }

  /// `rollups: off`, or `rollups: {share: 30, from: 20000}`.
  private mutating func readRollups(_ root: YAMLMapping) {
    guard let node = root.value("rollups") else { return }
    guard case .mapping = node.content else {
      enum Switch: String, CaseIterable { case on, off }
      if root.choice("rollups", of: Switch.self) == .off { dictionary.rollups.share = 0 }
      return
    }
    let rollups = YAMLMapping(node, "rollups", report)
    for (key, most, field) in [("share", 10_000, \RollupSettings.share), ("from", Int.max, \RollupSettings.leastRows)] {
      guard let number = rollups.integer(key) else { continue }
      if (0...most).contains(number) { dictionary.rollups[keyPath: field] = number } else {
        add("bad-rollups", rollups.place(key), "\(number)", key == "share" ? "cells for a hundred rows, 0 to 10000" : "a number of rows, 0 or more")
      }
    }
    rollups.finish()
  }

  /// The column with every day must be there, in a table whose time it is.
  private func checkDays(_ root: YAMLMapping) {
    for (path, what) in [(dictionary.days, "days"), (dictionary.hours, "hours")] {
      guard let path, dictionary.schema[path.head]?.column(path.column)?.type.isTime != true else { continue }
      add("unknown-column", root.place("calendar"), "\(path) as the \(what) of the calendar", "table.column, a date or timestamp")
    }
  }

  // MARK: Shared

  /// Whether a key may be a name in formulas and notation; reported if not.
  func isName(_ entry: YAMLNode.Entry, of what: String) -> Bool {
    if FormulaScanner.isName(entry.key) { return true }
    report.add(
      Diagnostic(
        code: "bad-name", at: entry.keyPlace, found: "\"\(entry.key)\" as the name of \(what)",
        expected: "letters, digits and _, not starting with a digit"))
    return false
  }

  /// Reads a piece of the formula language behind a key and reports what is wrong with it at its place in the file.
  mutating func formulaLanguage<Value>(
    _ node: YAMLNode, by owner: String, _ relation: NameUse.Relation,
    _ read: (String, Schema) -> FormulaReader.Reading<Value>
  ) -> Value? {
    guard let text = report.text(node) else { return nil }
    let reading = read(text, dictionary.schema)
    for failure in reading.failures {
      report.add(
        Diagnostic(
          code: failure.code, at: node.place(atOffset: failure.offset), found: failure.found, expected: failure.expected,
          hint: failure.hint))
    }
    for mention in reading.mentions {
      let kind: NameUse.Kind = mention.kind == .metric ? .metric : .dimension
      source.uses.append(
        NameUse(kind: kind, name: mention.name, by: owner, relation: relation, node: node, offset: mention.offset))
    }
    return reading.value
  }

  /// Names listed behind a key, each noted for the check that it exists.
  mutating func names(_ mapping: YAMLMapping, _ key: String, _ kind: NameUse.Kind, by owner: String, _ relation: NameUse.Relation)
    -> [String]
  {
    guard let node = mapping.value(key) else { return [] }
    var nodes = [node]
    if case .sequence(let members) = node.content { nodes = members }
    return nodes.compactMap { member in
      guard let name = report.text(member) else { return nil }
      source.uses.append(NameUse(kind: kind, name: name, by: owner, relation: relation, node: member))
      return name
    }
  }

  /// 64-bit FNV-1a of the files' names and texts, as 16 hex digits. Not a seal, a label.
  private static func fingerprint(of files: [File]) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for file in files {
      let name = file.name.split(separator: "/").last ?? ""
      for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      for byte in file.text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
