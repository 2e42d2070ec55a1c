import Parsing
import Phrasebook
import SourceText

/// Reads all words and rules of a home: `lexicon/*/*.lexicon` and `grammar/*/*.grammar`, shared files first.
package enum PhrasebookFiles {
  /// - Parameter examples: whether the examples under rules are wanted; answering questions needs none.
  package static func read(home: Home, examples: Bool = false) -> (rules: PhraseRules, diagnostics: [Diagnostic]) {
    // Each language by itself, on what cores there are; then in the order of their names, so that ties break alike.
    let parts = Concurrently.all(languages(home)) { read($0, home, examples) }
    var rules = PhraseRules()
    for part in parts { rules.append(part.rules) }
    return (rules, parts.flatMap(\.diagnostics))
  }

  /// `shared`, then the languages by name.
  private static func languages(_ home: Home) -> [String] {
    let names = Set(["lexicon", "grammar"].flatMap { Folder.names(in: home.path + "/" + $0) }).sorted()
    return names.filter { $0 == "shared" } + names.filter { $0 != "shared" }
  }

  private static func read(
    _ language: String, _ home: Home, _ examples: Bool
  ) -> (rules: PhraseRules, diagnostics: [Diagnostic]) {
    var reader = PhrasebookReader(examples: examples)
    var unreadable: [Diagnostic] = []
    for (folder, ending) in [("lexicon", ".lexicon"), ("grammar", ".grammar")] {
      let directory = "\(folder)/\(language)"
      for name in Folder.names(in: home.path + "/" + directory) where name.hasSuffix(ending) {
        do throws(Diagnostic) {
          reader.read(
            try Files.text("\(home.path)/\(directory)/\(name)"), file: "\(directory)/\(name)", language: language)
        } catch { unreadable.append(error) }
      }
    }
    return (reader.rules, unreadable + reader.diagnostics)
  }

  /// What is known about how words are mistaken for one another: `lexicon/*/*.spelling`; what cannot be read is not known.
  package static func spelling(home: Home) -> SpellingTables {
    var tables = SpellingTables()
    for language in languages(home) {
      let folder = "\(home.path)/lexicon/\(language)"
      for name in Folder.names(in: folder) where name.hasSuffix(".spelling") {
        guard let text = try? Files.text("\(folder)/\(name)") else { continue }
        tables.read(text, file: "lexicon/\(language)/\(name)")
      }
    }
    return tables
  }
}
