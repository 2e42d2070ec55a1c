import Intake
import SourceText
import Warehouse

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The tables in the files and folders that a command line names.
struct FoundFiles {
  struct Found {
    var table: InputTable
    var path: String
    var size: Int
    var hash: String
  }

  private(set) var tables: [Found] = []
  /// What failures are told in; nil = English.
  private let language: Language?
  /// What was left out, and why, in a line each.
  private(set) var skipped: [String] = []

  /// Endings that a folder is searched for.
  private static let endings: Set<String> = ["csv", "tsv", "tab", "txt", "json", "jsonl", "ndjson", "xlsx", "xlsm"]

  /// - Throws: `Stop` for a file that cannot be read.
  init(_ paths: [String], options: IntakeOptions, sheet: String?, language: Language? = nil) throws(Stop) {
    self.language = language
    for path in paths {
      if path != "-", Self.isFolder(path) {
        var seen: Set<[UInt64]> = []
        let files = Self.files(in: path, &skipped, &seen)
        if files.isEmpty { throw Stop("\(path): a folder without files to load (\(Self.endings.sorted().joined(separator: ", ")))") }
        for file in files { try add(file, options, sheet) }
      } else {
        try add(path, options, sheet)
      }
    }
  }

  private mutating func add(_ path: String, _ options: IntakeOptions, _ sheet: String?) throws(Stop) {
    do throws(IntakeFailure) {
      let file = try InputFile(path: path, options: options)
      let all = try file.tables()
      let hash = try file.contentHash()
      var count = 0
      for table in all {
        if case .sheet(let name) = table.form.kind {
          if let sheet, name != sheet { continue }
          if sheet == nil, table.form.isHidden {
            skipped.append("\(path): sheet \(name) is hidden and left out; --sheet '\(name)' loads it")
            continue
          }
          tables.append(Found(table: table, path: path, size: file.size / max(1, all.count), hash: hash + "#" + name))
        } else {
          tables.append(Found(table: table, path: path, size: file.size, hash: hash))
        }
        count += 1
      }
      file.release()
      if count == 0, let sheet {
        throw .noSheet(sheet, among: all.compactMap { if case .sheet(let name) = $0.form.kind { name } else { nil } })
      }
    } catch { throw Stop(.file(error, path: path), language) }
  }

  private static func isFolder(_ path: String) -> Bool {
    var facts = stat()
    return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
  }

  /// The files of a folder and of the folders in it, each folder once; those of a dataset are its own.
  private static func files(in folder: String, _ skipped: inout [String], _ seen: inout Set<[UInt64]>) -> [String] {
    var facts = stat()
    guard stat(folder, &facts) == 0, seen.insert([UInt64(facts.st_dev), UInt64(facts.st_ino)]).inserted else { return [] }
    var files: [String] = []
    for name in Folder.names(in: folder).sorted() where !name.hasPrefix(".") && !name.hasPrefix("~$") {
      let path = folder + "/" + name
      if isFolder(path) {
        if FileFacts(path + "/dataset.yaml") != nil { skipped.append("\(path): left out, a dataset") } else { files += Self.files(in: path, &skipped, &seen) }
        continue
      }
      // A warehouse, and what is kept beside it.
      if name.contains(".sqlite") { continue }
      let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
      if endings.contains(ending) { files.append(path) } else { skipped.append("\(path): left out, not a kind of file that is loaded") }
    }
    return files
  }
}
