import Metrics
import SourceText

/// A dictionary that somebody is still working on, read in the place of a dataset's own.
///
/// It is a folder, whose files stand in for those of the dataset with the same names; or one file. A file with the name of one
/// of the dataset's stands in for it, any other is laid over them: it holds only what is to change, down to single fields of a
/// metric, and `name: null` takes a metric out.
package enum DraftDictionary {
  /// - Throws: `DiagnosticsError` with every defect of the draft.
  package static func read(_ path: String, over folder: String) throws(DiagnosticsError) -> MetricDictionary {
    let found: (dictionary: MetricDictionary?, diagnostics: [Diagnostic])
    do throws(Diagnostic) { found = try reading(path, over: folder) } catch { throw DiagnosticsError([error]) }
    let errors = found.diagnostics.filter { $0.severity == .error }
    guard let dictionary = found.dictionary, errors.isEmpty else { throw DiagnosticsError(errors) }
    return dictionary
  }

  private static func reading(_ path: String, over folder: String) throws(Diagnostic) -> (MetricDictionary?, [Diagnostic]) {
    let isFolder = Files.isFolder(path)
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let standsIn = !isFolder && DictionaryReader.files.contains(name)
    var files: [DictionaryReader.File] = []
    for file in DictionaryReader.files {
      let own = isFolder ? "\(path)/\(file)" : standsIn && file == name ? path : ""
      let source = !own.isEmpty && Files.exists(own) ? own : "\(folder)/\(file)"
      if Files.exists(source) { files.append(.init(name: source, text: try SourceFile.read(source))) }
    }
    let overlay = isFolder || standsIn ? nil : DictionaryReader.File(name: path, text: try SourceFile.read(path))
    let (dictionary, diagnostics) = DictionaryReader.read(files, overlay: overlay, folderName: folder.split(separator: "/").last.map(String.init) ?? folder)
    return (dictionary, diagnostics)
  }
}

extension Workspace {
  /// The same data and words under another dictionary. What the tables are may be another too: then the data is read anew.
  /// - Throws: `DiagnosticsError` if the data does not fit the tables of the draft.
  package func under(_ draft: MetricDictionary, cacheFolder: String?, progress: @Sendable (String) -> Void) throws(DiagnosticsError) -> Workspace {
    try Workspace.drafted(self, draft, cacheFolder: (cacheFolder ?? CacheFolder.standard()) + "/drafts", progress: progress)
  }
}
