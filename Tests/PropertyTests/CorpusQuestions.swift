import Session
import SourceText

/// The questions of the flagship dataset's corpora that stand alone, every wording by itself.
enum CorpusQuestions {
  static let all: [String] = {
    let folder = OpenDataset.retail.workspace.folder + "/questions"
    return Folder.names(in: folder).filter { $0.hasSuffix(".questions") }.flatMap { name -> [String] in
      guard let text = try? Files.text(folder + "/" + name) else { return [] }
      return QuestionsFile(text, file: name).cases.flatMap { $0.turns[0].texts }
    }
  }()

  /// What follows them, for inputs that need no meaning.
  static let followUps: [String] = {
    let folder = OpenDataset.retail.workspace.folder + "/questions"
    return Folder.names(in: folder).filter { $0.hasSuffix(".questions") }.flatMap { name -> [String] in
      guard let text = try? Files.text(folder + "/" + name) else { return [] }
      return QuestionsFile(text, file: name).cases.flatMap { $0.turns.dropFirst().flatMap(\.texts) }
    }
  }()
}
