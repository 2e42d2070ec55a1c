#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import Drafting
import Intake
import Metrics
import SourceText
import Warehouse

/// Where drafts are written.
enum DraftFolder {
  private static let names = ["dataset.yaml", "tables.yaml", "dimensions.yaml", "metrics.yaml"]

  /// The files of a dataset that a folder has already.
  static func existing(_ folder: String) -> [String] {
    (names + [LoadedWarehouse.fileName]).filter { FileFacts(folder + "/" + $0) != nil }
  }

  /// The last part of a path, without the ending of a file.
  static func name(_ path: String) -> String {
    let last = path.split(separator: "/").last.map(String.init) ?? "data"
    if last == "." || last == ".." { return "data" }
    return last.lastIndex(of: ".").map { $0 > last.startIndex ? String(last[..<$0]) : last } ?? last
  }

  /// Whether looking at it takes so long that a person wants to be told.
  static func isLarge(_ path: String) -> Bool {
    var size = FileFacts(path)?.size ?? 0
    if case .folder(let files) = DataKind(path) { size = files.reduce(0) { $0 + (FileFacts(path + "/" + $1)?.size ?? 0) } }
    return size > 16 << 20
  }

  /// How files in one folder name another place: from there if it lies within, else from the root.
  static func seen(_ path: String, from folder: String) -> String {
    let (there, here) = (Surroundings.absolute(path), Surroundings.absolute(folder) + "/")
    return there.hasPrefix(here) ? String(there.dropFirst(here.count)) : there
  }

  /// Writes all files, the last of them `dataset.yaml`, which makes the folder a dataset; what failed, or nil.
  static func write(_ draft: Draft, to folder: String) -> String? {
    unlink(folder + "/" + LoadedWarehouse.fileName)
    var path = folder.hasPrefix("/") ? "" : "."
    for part in folder.split(separator: "/") {
      path += "/" + part
      mkdir(path, 0o755)
    }
    for file in DraftText(draft).files.reversed() {
      let target = folder + "/" + file.name
      let temporary = target + ".new-\(getpid())"
      let text = Array(file.text.utf8)
      let handle = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
      guard handle >= 0 else { return "\(target): \(String(cString: strerror(errno)))" }
      var written = 0
      while written < text.count {
        let count = text[written...].withUnsafeBytes { Glibc.write(handle, $0.baseAddress, $0.count) }
        if count <= 0 { break }
        written += count
      }
      close(handle)
      guard written == text.count, rename(temporary, target) == 0 else {
        let reason = String(cString: strerror(errno))
        unlink(temporary)
        return "\(target): \(reason)"
      }
    }
    return nil
  }

  /// Brings files that cannot be read where they lie into the draft's warehouse.
  /// - Throws: `Stop`
  static func load(_ draft: Draft, into folder: String, user: String?, progress: Progress) throws(Stop) {
    if draft.loads.isEmpty { return }
    let (found, diagnostics) = DictionaryReader.read(folder: folder)
    guard let dictionary = found else { throw Stop(DiagnosticsError(diagnostics.filter { $0.severity == .error }).description) }
    var inputs: [LoadInput] = []
    var seen: Set<String> = []
    for path in draft.loads.map(\.path) where seen.insert(path).inserted {
      for table in try FoundFiles([path], options: IntakeOptions(), sheet: nil).tables {
        guard let name = draft.loads.first(where: { $0.path == path && $0.name == table.table.name })?.table, let target = dictionary.schema[name] else { continue }
        inputs.append(LoadInput(input: table.table, path: table.path, size: table.size, hash: table.hash, target: target))
      }
    }
    let loader = WarehouseLoader(
      dictionary: dictionary, path: LoadedWarehouse.path(dictionary, folder: folder), at: Surroundings.clockMoment(), by: user ?? Surroundings.userName())
    let start = Surroundings.seconds()
    do throws(LoadFailure) {
      let records = try loader.load(inputs, .replace) { step in
        if Output.errors.isTerminal { progress.show("loading " + step.table, LoadReport.pace(step, seconds: Surroundings.seconds() - start)) }
      }
      progress.finish()
      for record in records where record.setAside > 0 {
        Output.errors.line("wenshu: \(record.file): \(record.setAside) of \(record.read) rows were set aside; see 'wenshu rejects --dataset \(folder)'")
      }
    } catch {
      progress.finish()
      throw Stop(error, Surroundings.language())
    }
  }

  /// Whether a draft was written to its end, and what it needs loaded.
  static func isWhole(_ folder: String) -> Bool { FileFacts(folder + "/whole") != nil }
  static func markWhole(_ folder: String) {
    let handle = open(folder + "/whole", O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    if handle >= 0 { close(handle) }
  }

  /// Removes what was kept of the same data as it was before.
  static func removeOlder(in folder: String, prefix: String, keeping name: String) {
    for other in Folder.names(in: folder) where other.hasPrefix(prefix) && other != name {
      for file in Folder.names(in: folder + "/" + other) { unlink(folder + "/" + other + "/" + file) }
      rmdir(folder + "/" + other)
    }
  }

  /// A text that changes with the data's files, the lexicon and the program.
  static func key(_ path: String, home: String) -> (prefix: String, rest: String) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func add(_ text: String) { for byte in text.utf8 + [0] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 } }
    func addFacts(_ path: String) {
      add(path)
      if let facts = FileFacts(path) { add("\(facts.size) \(facts.changed)") }
    }
    addFacts(Surroundings.absolute(path))
    if case .folder(let files) = DataKind(path) { for file in files { addFacts(path + "/" + file) } }
    for file in Folder.names(in: home + "/lexicon/drafting") { addFacts(home + "/lexicon/drafting/" + file) }
    addFacts(Surroundings.executable())
    let digits = String(hash, radix: 16)
    let plain = name(path).filter { $0.isLetter || $0.isNumber }
    return (plain + "-" + WarehouseBuilder.folderHash(Surroundings.absolute(path)) + "-", String(repeating: "0", count: 16 - digits.count) + digits)
  }
}

extension Surroundings {
  /// A path from the root, without `.` and `..`.
  static func absolute(_ path: String) -> String {
    if let real = realpath(path, nil) {
      defer { free(real) }
      return String(cString: real)
    }
    var parts: [Substring] = []
    let full = path.hasPrefix("/") ? path : currentFolder() + "/" + path
    for part in full.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }
}
