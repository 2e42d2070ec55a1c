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
  /// What was left out, and why, in a line each.
  private(set) var skipped: [String] = []

  /// Endings that a folder is searched for.
  private static let endings: Set<String> = ["csv", "tsv", "tab", "txt", "json", "jsonl", "ndjson", "xlsx", "xlsm"]

  /// - Throws: `Stop` for a file that cannot be read.
  init(_ paths: [String], options: IntakeOptions, sheet: String?) throws(Stop) {
    for path in paths {
      if path != "-", Self.isFolder(path) {
        let files = Self.files(in: path, &skipped)
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
    } catch { throw Stop("\(Diagnostic(error, file: path))") }
  }

  private static func isFolder(_ path: String) -> Bool {
    var facts = stat()
    return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
  }

  private static func files(in folder: String, _ skipped: inout [String]) -> [String] {
    var files: [String] = []
    for name in Folder.names(in: folder).sorted() where !name.hasPrefix(".") && !name.hasPrefix("~$") {
      let path = folder + "/" + name
      if isFolder(path) { continue }
      let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
      if endings.contains(ending) { files.append(path) } else { skipped.append("\(path): left out, not a kind of file that is loaded") }
    }
    return files
  }
}
