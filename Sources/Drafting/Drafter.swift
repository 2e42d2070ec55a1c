import SourceText
import Warehouse

/// Looks at files or a database and drafts a dictionary for them.
///
///     let draft = try Drafter(home: home).draft("exports/", out: "mydata")
package struct Drafter {
  let lexicon: DraftLexicon

  /// - Parameter home: the folder that holds `lexicon/`.
  /// - Throws: `DiagnosticsError`
  package init(home: String) throws(DiagnosticsError) { lexicon = try DraftLexicon.read(home: home) }

  /// The draft of a CSV file, a folder of them, or a SQLite file.
  ///
  /// - Parameters:
  ///   - path: what to look at.
  ///   - dataPath: how the draft's files name it: the same, or as seen from where they will be.
  ///   - progress: told the name of each table.
  /// - Throws: `DiagnosticsError`
  package func draft(_ path: String, name: String, dataPath: String, progress: (String) -> Void = { _ in }) throws(DiagnosticsError) -> Draft {
    var staging = try Staging(HeaderReader(lexicon))
    let kind = DataKind(path)
    switch kind {
    case .missing:
      throw DiagnosticsError([Diagnostic(code: "missing-data", at: nil, found: "no file or folder \(path)", expected: "a CSV, Excel or JSON Lines file, a folder of them, or a SQLite database")])
    case .database:
      progress(path)
      try staging.add(database: try RawDatabase(file: path))
    case .folder(let files):
      for file in files {
        progress(file)
        try staging.add(path: path + "/" + file, file: file)
      }
    case .file:
      progress(path)
      try staging.add(path: path, file: path.split(separator: "/").last.map(String.init) ?? path)
    }
    guard !staging.tables.isEmpty else {
      throw DiagnosticsError([Diagnostic(code: "no-data", at: nil, found: "no table in \(path)", expected: "files with rows, a folder of them, or a SQLite database")])
    }
    try staging.joinParts()
    var draft = try Draft.guess(staging, lexicon: lexicon, name: name)
    if kind == .database {
      draft.warehouseFile = dataPath
    } else if draft.needsLoading {
      draft.warehouseFile = LoadedWarehouse.fileName
    } else { draft.dataFolder = kind == .file ? DataKind.folder(of: dataPath) : dataPath }
    return draft
  }
}

/// What a path leads to.
package enum DataKind: Equatable {
  case missing, file, database
  /// Files with rows in it.
  case folder([String])

  private static let usual: Set<String> = ["csv", "tsv", "tab", "xlsx", "xlsm"]
  private static let others: Set<String> = ["jsonl", "ndjson", "json", "txt"]

  package init(_ path: String) {
    let files = Folder.names(in: path)
    if !files.isEmpty {
      // Beside tables, other files are descriptions of them more often than tables.
      func ending(_ file: String) -> String { file.split(separator: ".").last.map { $0.lowercased() } ?? "" }
      let tables = files.filter { DataKind.usual.contains(ending($0)) && !$0.hasPrefix("~$") }
      self = .folder(tables.isEmpty ? files.filter { DataKind.others.contains(ending($0)) } : tables)
      return
    }
    guard FileFacts(path) != nil else {
      self = .missing
      return
    }
    let head = FileParts.read(path, at: 0, count: 16) ?? []
    self = head.starts(with: "SQLite format 3".utf8) ? .database : .file
  }

  package static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
