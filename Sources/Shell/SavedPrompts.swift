import FoundationEssentials
import Session
import SourceText

/// Questions saved at the prompt by a name, each a `.questions` file of the user's own, so that `wenshu board` and
/// `wenshu batch` read them too: `$XDG_DATA_HOME/wenshu/saved/<dataset>/<name>.questions`.
struct SavedPrompts: Sendable {
  struct Saved: Hashable {
    var name: String
    var question: String
    var canonical: String
    var notes: [String]
  }

  private let folder: String?

  init(_ workspace: Workspace) {
    folder = Surroundings.dataFolder().map { $0 + "/saved/" + workspace.dictionary.name }
  }

  /// Letters, digits, Han, `-` and `_`: names that are file names everywhere.
  static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.count <= 60 && !text.hasPrefix(".") && text.unicodeScalars.allSatisfy { scalar in
      scalar.properties.isAlphabetic || scalar.properties.numericType != nil || "-_.".unicodeScalars.contains(scalar)
    }
  }

  var names: [String] {
    guard let folder else { return [] }
    return Folder.names(in: folder).filter { $0.hasSuffix(".questions") }.map { String($0.dropLast(".questions".count)) }.sorted()
  }

  var all: [Saved] { names.compactMap { named($0) } }

  func named(_ name: String) -> Saved? {
    guard Self.isName(name), let folder, let text = try? SourceFile.read("\(folder)/\(name).questions") else { return nil }
    var saved = Saved(name: name, question: "", canonical: "", notes: [])
    for line in text.split(separator: "\n") {
      if line.hasPrefix("? ") { saved.question = String(line.dropFirst(2)) }
      if line.hasPrefix("=> ") { saved.canonical = String(line.dropFirst(3)) }
      if line.hasPrefix("# ") { saved.notes.append(String(line.dropFirst(2))) }
    }
    return saved.canonical.isEmpty ? nil : saved
  }

  /// - Throws: `Stop` if it cannot be written.
  func save(_ saved: Saved) throws(Stop) {
    guard let folder else { throw Stop("HOME and XDG_DATA_HOME are not set") }
    FileWriting.makeFolder(folder)
    let notes = saved.notes.map { "# \($0.split(whereSeparator: \.isNewline).joined(separator: " "))\n" }.joined()
    let question = saved.question.split(whereSeparator: \.isNewline).joined(separator: " ")
    try FileWriting.write(notes + "? \(question)\n=> \(saved.canonical)\n", to: "\(folder)/\(saved.name).questions")
  }
}
