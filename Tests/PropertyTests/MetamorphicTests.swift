import Answers
import Parsing
import Questions
import SampleData
import SourceText
import Synchronization
import Testing

/// What does not change the meaning: politeness, signs, width, case, script, spaces, synonyms, the order of clauses.
@Suite struct MetamorphicTests {
  private static let dataset = OpenDataset.retail

  /// Each text of the corpora is compared with some ten others: it is read once.
  private static let known = Mutex<[String: Result<Question, Problem>]>([:])

  private static func outcome(_ text: String) -> Result<Question, Problem> {
    if let known = known.withLock({ $0[text] }) { return known }
    let outcome = read(text)
    known.withLock { $0[text] = outcome }
    return outcome
  }

  private static func read(_ text: String) -> Result<Question, Problem> {
    dataset.workspace.reader.read(text, context: dataset.context).outcome
  }

  /// The same question; where there was none, still none.
  private func expectSame(_ changed: String, as original: String) {
    switch (Self.outcome(original), changed == original ? Self.outcome(original) : Self.read(changed)) {
    case (.success(let a), .success(let b)): #expect(a == b, "«\(original)» \(a)\n«\(changed)» \(b)")
    case (.success(let a), .failure(let problem)): Issue.record("«\(changed)» \(problem); «\(original)» \(a)")
    case (.failure(let problem), .success(let b)): Issue.record("«\(original)» \(problem); «\(changed)» \(b)")
    case (.failure, .failure): break
    }
  }

  @Test(arguments: CorpusQuestions.all)
  func `the look of signs means nothing`(_ text: String) {
    for change in [Self.fullWidth, Self.traditional, Self.spread] { expectSame(change(text), as: text) }
    // In quotes, and in words of the data, case may be all there is.
    expectSame(text.uppercased(), as: text)
    expectSame(text + "？", as: text)
    expectSame(" " + text + "。 ", as: text)
  }

  @Test(arguments: CorpusQuestions.all)
  func `politeness means nothing`(_ text: String) {
    let isChinese = text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
    let polite = isChinese ? ["请问" + text, "帮我查一下" + text, text + "，谢谢"] : ["please show me " + text, "hi, " + text, text + ", thanks"]
    for changed in polite { expectSame(changed, as: text) }
  }

  /// A metric by each of its names, where one of them stands in the text as it is written, and is read as that metric.
  @Test(arguments: CorpusQuestions.all)
  func `synonyms mean the same`(_ text: String) {
    let reading = Self.dataset.workspace.reader.read(text, context: Self.dataset.context)
    guard let question = reading.question else { return }
    for measure in question.measures {
      guard let metric = Self.dataset.dictionary.metric(measure.metric) else { continue }
      for language in Language.allCases {
        let titles = ([metric.title.texts[language]].compactMap { $0 } + metric.synonyms[language]).filter { !$0.isEmpty }
        guard let used = titles.filter({ text.contains($0) }).max(by: { $0.count < $1.count }), text.components(of: used) == 2,
          reading.tree.contains(where: { $0.hasSuffix("metric “\(used)” → \(metric.name)") })
        else { continue }
        for title in titles where title != used { expectSame(text.replacing(used, with: title), as: text) }
      }
    }
  }

  /// The clauses of the canonical text in any order.
  @Test(arguments: CorpusQuestions.all)
  func `the order of clauses means nothing`(_ text: String) {
    guard let question = try? Self.outcome(text).get(), !question.measures.isEmpty else { return }
    var random = SplitMix64(seed: Draw.seed)
    for language in Language.allCases {
      let words = QuestionWords(Self.dataset.dictionary, in: language)
      var clauses = words.clauses(question)
      for index in clauses.indices.dropFirst() { clauses.swapAt(index, random.below(index + 1)) }
      let changed = words.joined(clauses)
      let found = Self.read(changed)
      #expect((try? found.get()) == question, "«\(changed)» \(found), seed \(Draw.seed)")
    }
  }

  // MARK: Changes

  private static func fullWidth(_ text: String) -> String {
    mapped(text) { (0x21...0x7E).contains($0.value) && $0 != "\"" ? Unicode.Scalar($0.value + 0xFEE0)! : $0 }
  }

  private static func traditional(_ text: String) -> String { mapped(text) { traditionalForms[$0] ?? $0 } }

  /// Two spaces for one, and a space between scripts.
  private static func spread(_ text: String) -> String { text.replacing(" ", with: "  ") }

  private static func mapped(_ text: String, _ change: (Unicode.Scalar) -> Unicode.Scalar) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map(change)))
  }

  private static let traditionalForms: [Unicode.Scalar: Unicode.Scalar] = {
    var forms: [Unicode.Scalar: Unicode.Scalar] = [:]
    for value in UInt32(0x4E00)...0x9FFF {
      let scalar = Unicode.Scalar(value)!
      let simple = HanFolding.simplified(scalar)
      if simple != scalar, forms[simple] == nil { forms[simple] = scalar }
    }
    return forms
  }()
}

extension String {
  /// Pieces between the places where a text stands.
  fileprivate func components(of text: String) -> Int { split(separator: text, omittingEmptySubsequences: false).count }
}
