import FoundationEssentials
import SourceText

/// Where the words, rules and datasets are: a folder that holds `grammar/` and `lexicon/`.
package struct Home: Sendable, Hashable {
  package let path: String

  package init(path: String) { self.path = path }

  /// The folder named, else the one in `WENSHU_HOME`, else `../share/wenshu` beside the executable, else the nearest
  /// folder above the executable or the current folder that has both.
  ///
  /// - Throws: `Diagnostic` that names every place looked at.
  package static func find(
    named: String?, environment: [String: String], executable: String, currentFolder: String
  ) throws(Diagnostic) -> Home {
    if let named { return try checked(named, "--home") }
    if let variable = environment["WENSHU_HOME"], !variable.isEmpty { return try checked(variable, "WENSHU_HOME") }
    let binary = folder(of: resolvingLinks(executable))
    let installed = folder(of: binary) + "/share/wenshu"
    if isHome(installed) { return Home(path: installed) }
    if let found = nearest(above: binary) ?? nearest(above: currentFolder) { return Home(path: found) }
    throw Diagnostic(
      code: "no-home", at: nil, found: "no folder with grammar/ and lexicon/ above \(binary) or \(currentFolder)",
      expected: "Wenshu's files", hint: "name their folder with --home or WENSHU_HOME")
  }

  private static func checked(_ path: String, _ source: String) throws(Diagnostic) -> Home {
    if isHome(path) { return Home(path: path) }
    throw Diagnostic(
      code: "no-home", at: nil, found: "\(source) = \(path)", expected: "a folder that holds grammar/ and lexicon/")
  }

  private static func nearest(above path: String) -> String? {
    var path = path
    while !path.isEmpty {
      if isHome(path) { return path }
      path = folder(of: path)
    }
    return nil
  }

  private static func isHome(_ path: String) -> Bool {
    Files.isFolder(path + "/grammar") && Files.isFolder(path + "/lexicon")
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return String(path[..<slash])
  }

  private static func resolvingLinks(_ path: String) -> String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: path)).map { target in
      target.hasPrefix("/") ? target : folder(of: path) + "/" + target
    } ?? path
  }
}

/// The few things we ask of the file system.
package enum Files {
  package static func isFolder(_ path: String) -> Bool {
    var isFolder = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
  }

  package static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  /// A file as text; bytes that are no UTF-8 are a diagnostic, not a guess.
  package static func text(_ path: String) throws(Diagnostic) -> String {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Diagnostic(code: "unreadable-file", at: nil, found: path, expected: "a readable file")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw Diagnostic(code: "not-utf8", at: SourcePlace(file: path, line: 1), found: "bytes that are not UTF-8", expected: "UTF-8")
    }
    return text
  }
}
