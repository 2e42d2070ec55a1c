import SourceText

/// Checks of what people say: words, values, examples.
extension DictionaryChecks {
  private struct Word {
    let text: String
    let owner: String
    let place: SourcePlace?
    var isSynonym = false
  }

  /// One word for two metrics or dimensions, once case, width and spaces are levelled.
  func wordsWithTwoMeanings() -> [Diagnostic] {
    var first: [String: Word] = [:]
    var found: [Diagnostic] = []
    var reported = Set<[String]>()
    for word in words() {
      let key = DictionaryChecks.normalised(word.text)
      guard let earlier = first[key] else {
        first[key] = word
        continue
      }
      // A name and the title it gave are one collision.
      if earlier.owner == word.owner || !reported.insert([key, earlier.owner, word.owner]).inserted { continue }
      // Synonyms may be shared: a question with the word is asked back, unless `defaults` say what is meant.
      if word.isSynonym, earlier.isSynonym {
        found.append(
          warning(
            "shared-word", word.place, "\"\(word.text)\" for \(word.owner), and for \(earlier.owner)", "each word for one metric or dimension",
            "questions with it are asked back; `defaults` in dataset.yaml can say which is meant"))
        continue
      }
      let same = earlier.text == word.text ? "" : " (as \"\(earlier.text)\")"
      found.append(
        error(
          "word-with-two-meanings", word.place, "\"\(word.text)\" for \(word.owner), already for \(earlier.owner)\(same)",
          "each word for one metric or dimension", earlier.place.map { "it stands first at \($0.line)" } ?? ""))
    }
    return found
  }

  private func words() -> [Word] {
    var words: [Word] = []
    func add(_ texts: [String], _ kind: NameUse.Kind, _ name: String, _ key: String) {
      let place = source.place(of: key, in: kind, name)
      for text in texts {
        words.append(Word(text: text, owner: "\(kind.rawValue) \(name)", place: place, isSynonym: key == "synonyms"))
      }
    }
    for dimension in dictionary.dimensions {
      words.append(Word(text: dimension.name, owner: "dimension \(dimension.name)", place: dimension.place))
      add(Language.allCases.compactMap { dimension.title.texts[$0] }, .dimension, dimension.name, "title")
      add(dimension.synonyms.all, .dimension, dimension.name, "synonyms")
    }
    for metric in dictionary.metrics {
      words.append(Word(text: metric.name, owner: "metric \(metric.name)", place: metric.place))
      add(Language.allCases.compactMap { metric.title.texts[$0] }, .metric, metric.name, "title")
      add(metric.synonyms.all, .metric, metric.name, "synonyms")
      add(metric.asked.all, .metric, metric.name, "asked")
    }
    return words
  }

  /// Lower case, full-width forms as ASCII, without spaces, `_` and `-`: what a typist does not mind.
  package static func normalised(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.lowercased().unicodeScalars {
      if scalar.properties.isWhitespace || scalar == "_" || scalar == "-" { continue }
      let isWide = (0xFF01...0xFF5E).contains(scalar.value)
      result.append(isWide ? Unicode.Scalar(scalar.value - 0xFEE0)! : scalar)
    }
    return String(result).lowercased()
  }

  /// One word for two values or groups of a dimension: 东区 for 华东 and for 华北.
  func valuesWithTwoMeanings() -> [Diagnostic] {
    dictionary.dimensions.flatMap { dimension -> [Diagnostic] in
      var first: [String: String] = [:]
      var found: [Diagnostic] = []
      for (owner, words, place) in namedValues(of: dimension) {
        for word in words {
          let earlier = first.updateValue(owner, forKey: DictionaryChecks.normalised(word))
          guard let earlier, earlier != owner else { continue }
          found.append(
            error(
              "word-with-two-meanings", place, "\"\(word)\" for \(owner) of \(dimension.name), already for \(earlier)",
              "each word for one value"))
        }
      }
      return found
    }
  }

  private func namedValues(of dimension: Dimension) -> [(owner: String, words: [String], place: SourcePlace?)] {
    dimension.values.map { value in
      (value.stored, [value.stored] + Language.allCases.compactMap { value.title.texts[$0] } + value.synonyms.all, value.place)
    } + dimension.groups.map { ("group " + $0.name, [$0.name] + $0.synonyms.all, $0.place) }
  }

  /// A group of values without any, or a listed order that repeats a value.
  func wordsForNoValue() -> [Diagnostic] {
    dictionary.dimensions.flatMap { dimension -> [Diagnostic] in
      let empty = dimension.groups.filter { $0.values.isEmpty }.map {
        error("empty-group", $0.place, "group \($0.name) of \(dimension.name) without values", "at least one value")
      }
      var seen = Set<String>()
      let repeated = dimension.order.filter { !seen.insert($0).inserted }.map {
        error(
          "repeated-value", source.place(of: "order", in: .dimension, dimension.name),
          "\($0) twice in the order of \(dimension.name)", "each value once")
      }
      return empty + repeated
    }
  }

  /// An example is a question, `=>`, and what it means.
  func examplesWithoutMeaning() -> [Diagnostic] {
    dictionary.metrics.flatMap(\.examples).compactMap { example in
      let text = example.text.drop { $0 == " " }
      let marked = text.hasPrefix("?") || text.hasPrefix("!")
      if marked, text.hasPrefix("!") || text.contains("=>") { return nil }
      return error("bad-example", example.place, "\"\(example.text)\"", "\"? question => meaning\"")
    }
  }
}
