import Phrasebook
import SourceText

/// Reads all words and rules of a home: `lexicon/*/*.lexicon`, then `grammar/*/*.grammar`, shared files first.
package enum PhrasebookFiles {
  package static func read(home: Home) -> (rules: PhraseRules, diagnostics: [Diagnostic]) {
    var reader = PhrasebookReader()
    var unreadable: [Diagnostic] = []
    for (folder, ending) in [("lexicon", ".lexicon"), ("grammar", ".grammar")] {
      let languages = Files.names(in: home.path + "/" + folder)
      for language in languages.filter({ $0 == "shared" }) + languages.filter({ $0 != "shared" }) {
        let directory = "\(folder)/\(language)"
        for name in Files.names(in: home.path + "/" + directory) where name.hasSuffix(ending) {
          do throws(Diagnostic) {
            reader.read(
              try Files.text("\(home.path)/\(directory)/\(name)"), file: "\(directory)/\(name)", language: language)
          } catch { unreadable.append(error) }
        }
      }
    }
    return (reader.rules, unreadable + reader.diagnostics)
  }
}
