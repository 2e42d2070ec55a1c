import Intake
import Metrics
import Session
import SourceText
import Warehouse

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The dataset that files are loaded into: its folder and dictionary, made if they are missing.
struct LoadFolder {
  let path: String
  /// What failures are told in; nil = English.
  private let language: Language?

  /// A folder, or the name of a dataset that is there.
  init(_ name: String, home: String?, language: Language? = nil) throws(Stop) {
    self.language = language
    if Files.exists(name + "/dataset.yaml") || Files.exists(name + "/tables.yaml") || name.contains("/") {
      path = name
      return
    }
    let environment = Surroundings.variable("WENSHU_HOME").map { ["WENSHU_HOME": $0] } ?? [:]
    let known = try? Home.find(
      named: home, environment: environment, executable: Surroundings.executable(), currentFolder: Surroundings.currentFolder())
    if let known, Files.exists("\(known.path)/datasets/\(name)/dataset.yaml") { path = "\(known.path)/datasets/\(name)" } else { path = name }
  }

  // MARK: Dictionary

  /// The dataset's dictionary; if it has none, one is written from what the files hold.
  ///
  /// - Parameter adds: whether tables that an existing dictionary does not have are added to it.
  func dictionary(for tables: [FoundFiles.Found], dates: String?, table: String?, adds: Bool) throws(Stop) -> MetricDictionary {
    let isNew = !Files.exists(path + "/dataset.yaml")
    if isNew, Files.exists(path + "/tables.yaml") { try write(datasetText(isChinese: false), to: "dataset.yaml") }
    if Files.exists(path + "/dataset.yaml") {
      let dictionary = try read()
      if !dictionary.schema.tables.isEmpty { return adds ? try adding(tables, to: dictionary, dates: dates, table: table) : dictionary }
    }
    let entries = try entries(tables, dates: dates, table: table)
    makeFolders()
    let isChinese = entries.contains { $0.columns.contains { $0.name.unicodeScalars.contains { $0.properties.isIdeographic } } }
    if isNew { try write(datasetText(isChinese: isChinese), to: "dataset.yaml") }
    do throws(Stop) {
      try write(TablesFile.text(entries), to: "tables.yaml")
    } catch {
      if isNew { unlink(path + "/dataset.yaml") }
      throw error
    }
    Output.errors.line("wenshu: wrote \(path)/tables.yaml from what was found; mend it where it is wrong and load again:")
    show(entries)
    return try read()
  }

  /// With the tables of those files that go nowhere yet, at the end of `tables.yaml`; all of it or nothing.
  private func adding(
    _ tables: [FoundFiles.Found], to dictionary: MetricDictionary, dates: String?, table: String?
  ) throws(Stop) -> MetricDictionary {
    let others = tables.filter { match($0, dictionary, table: table) == nil }
    if others.isEmpty { return dictionary }
    let entries = try entries(others, dates: dates, table: table)
    let file = path + "/tables.yaml"
    var before: String?
    if Files.exists(file) { do { before = try Files.text(file) } catch { throw Stop(error.description) } }
    let head = before ?? "tables:\n"
    try FileWriting.write(head + (head.hasSuffix("\n") ? "" : "\n") + TablesFile.tables(entries), to: file)
    let (added, diagnostics) = DictionaryReader.read(folder: path)
    guard let added, !diagnostics.contains(where: { $0.severity == .error }), entries.allSatisfy({ added.schema[$0.name] != nil }) else {
      if let before { try FileWriting.write(before, to: file) } else { unlink(file) }
      throw Stop("\(file): tables cannot be added behind what stands there; write them by hand, under tables:\n" + TablesFile.tables(entries))
    }
    Output.errors.line("wenshu: added to \(path)/tables.yaml what was found; mend it where it is wrong and load again:")
    show(entries)
    return added
  }

  /// `tables.yaml` as it stands; nil for a dataset that is still to be made, or has none.
  var tablesText: String? {
    guard Files.exists(path + "/dataset.yaml"), Files.exists(path + "/tables.yaml") else { return nil }
    return try? Files.text(path + "/tables.yaml")
  }

  /// Takes back tables that were added for a load that failed: the warehouse has none of them.
  func takeBackTables(_ before: String?) {
    guard let before, before != tablesText else { return }
    if (try? FileWriting.write(before, to: path + "/tables.yaml")) != nil { Output.errors.line("wenshu: \(path)/tables.yaml is again as it was") }
  }

  /// What was guessed, a line for each table, and below it what a person should look at.
  private func show(_ entries: [TablesFile.Entry]) {
    for entry in entries {
      let named = Array(zip(entry.columns, TablesFile.identifiers(entry.columns.map(\.name))))
      let columns = named.map { column, name in "\(name) \(column.type.notation)" + (column.format.map { " (\($0))" } ?? "") }
      Output.errors.line("  \(entry.name): \(columns.joined(separator: ", "))")
      for (column, name) in named { for note in TablesFile.toConfirm(column) { Output.errors.line("    \(name): \(note)") } }
    }
  }

  private func read() throws(Stop) -> MetricDictionary {
    let (dictionary, diagnostics) = DictionaryReader.read(folder: path)
    let errors = diagnostics.filter { $0.severity == .error }
    guard let dictionary, errors.isEmpty else { throw Stop(DiagnosticsError(errors).description) }
    return dictionary
  }

  private func datasetText(isChinese: Bool) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? "dataset"
    return """
      name: \(TablesFile.identifiers([name])[0])
      title: \(TablesFile.quoted(name))
      language: \(isChinese ? "zh" : "en")
      warehouse: {file: \(LoadedWarehouse.fileName)}
      calendar: {anchor: latest-data}

      """
  }

  /// One table for each name; files of one name but for a number or a date at its end are one table.
  private func entries(_ tables: [FoundFiles.Found], dates: String?, table: String?) throws(Stop) -> [TablesFile.Entry] {
    var entries: [TablesFile.Entry] = []
    var seen: [String: Int] = [:]
    for found in tables {
      let stem = table ?? Self.stem(found.table.name, others: tables.map(\.table.name))
      let name = TablesFile.identifiers([stem])[0]
      if seen[name] != nil { continue }
      seen[name] = entries.count
      var columns: [GuessedColumn]
      do throws(IntakeFailure) { columns = try found.table.guesses() } catch { throw Stop(.file(error, path: found.path), language) }
      try settle(&columns, dates, found.path)
      entries.append(TablesFile.Entry(name: name, title: stem, file: found.path, columns: columns))
    }
    return entries
  }

  /// Dates that could be meant in two ways are asked about, not guessed.
  private func settle(_ columns: inout [GuessedColumn], _ dates: String?, _ path: String) throws(Stop) {
    for index in columns.indices {
      for case .dayMonthUnclear(let example) in columns[index].notes {
        guard let dates else {
          throw Stop(
            "\(path): column \(columns[index].name): \(example) can be day/month or month/day, and no value tells; say --dates d/m/y or --dates m/d/y")
        }
        columns[index].format = columns[index].format?.split(separator: ",").map { part in
          part.contains("m/d/y") ? dates : String(part.filter { $0 != " " })
        }.joined(separator: ", ") ?? dates
      }
    }
  }

  /// `orders_2024-01` is of the table `orders`, if another file is too.
  static func stem(_ name: String, others: [String]) -> String {
    func cut(_ name: String) -> String {
      var name = name[...]
      while let last = name.last, last.isNumber || "-_ .()（）年月日".contains(last) { name = name.dropLast() }
      return String(name)
    }
    let stem = cut(name)
    return !stem.isEmpty && others.filter({ cut($0) == stem }).count > 1 ? stem : name
  }

  // MARK: Targets

  /// Each table found and where it goes; with those tables that come from the dataset's own files, if nothing was loaded yet.
  func inputs(_ tables: [FoundFiles.Found], _ dictionary: MetricDictionary, table: String?) throws(Stop) -> [LoadInput] {
    var inputs: [LoadInput] = []
    for found in tables {
      let target = try target(found, dictionary, table: table)
      inputs.append(LoadInput(input: found.table, path: found.path, size: found.size, hash: found.hash, target: target))
    }
    if FileFacts(LoadedWarehouse.path(dictionary, folder: path)) != nil { return inputs }
    let own = dictionary.schema.tables.filter { other in !inputs.contains { $0.target.name == other.name } }
    for target in own {
      let file = path + "/" + (dictionary.dataFolder.isEmpty ? "" : dictionary.dataFolder + "/") + target.file
      guard Files.exists(file) else { continue }
      let found = try FoundFiles([file], options: IntakeOptions(), sheet: nil)
      inputs += found.tables.prefix(1).map { LoadInput(input: $0.table, path: $0.path, size: $0.size, hash: $0.hash, target: target) }
    }
    return inputs
  }

  private func target(_ found: FoundFiles.Found, _ dictionary: MetricDictionary, table: String?) throws(Stop) -> Table {
    if let target = match(found, dictionary, table: table) { return target }
    let tables = dictionary.schema.tables.map(\.name)
    if let table { throw Stop("no table \(table) in \(path)/tables.yaml; there are: \(tables.joined(separator: ", ")); --new adds it") }
    let near = NearMiss.nearest(to: found.table.name, among: tables)
    throw Stop(
      "\(found.path): no table \(found.table.name) in \(path)/tables.yaml\(near.isEmpty ? "" : "; did you mean \(near.joined(separator: ", "))?"); "
        + "--table says which (there are: \(tables.joined(separator: ", "))), --new adds one")
  }

  /// The table it goes to by its name, or the one that `--table` names; nil if there is none.
  private func match(_ found: FoundFiles.Found, _ dictionary: MetricDictionary, table: String?) -> Table? {
    let tables = dictionary.schema.tables
    func plain(_ text: String) -> String { TablesFile.identifiers([text])[0] }
    if let table { return tables.first { plain($0.name) == plain(table) } }
    let name = found.table.name
    for stem in [name, Self.stem(name, others: [name, name])] {
      let match = tables.first { target in
        let file = target.file.split(separator: "/").last?.split(separator: ".").dropLast().joined(separator: ".") ?? ""
        return [target.name, file, target.title[.chinese], target.title[.english]].contains { !$0.isEmpty && plain($0) == plain(stem) }
      }
      if let match { return match }
    }
    return nil
  }

  // MARK: Files

  private func makeFolders() {
    var made = path.hasPrefix("/") ? "" : "."
    for part in path.split(separator: "/") {
      made += "/" + part
      mkdir(made, 0o755)
    }
  }

  private func write(_ text: String, to name: String) throws(Stop) {
    makeFolders()
    let file = fopen(path + "/" + name, "wx")
    guard let file else { throw Stop("\(path)/\(name): \(String(cString: strerror(errno)))") }
    let isWritten = fputs(text, file) >= 0
    if fclose(file) != 0 || !isWritten {
      let reason = String(cString: strerror(errno))
      unlink(path + "/" + name)
      throw Stop("\(path)/\(name): \(reason)", status: ExitStatus.failed)
    }
  }
}
