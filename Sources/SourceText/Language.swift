/// A language that Wenshu speaks. Words of a language are data; this names the folder they are in.
package enum Language: String, Hashable, Sendable, CaseIterable, Codable {
  case chinese = "zh"
  case english = "en"
}

/// One text in several languages, with the plain string standing for the dataset's own language.
///
/// Example: `{zh: 转化率, en: conversion rate}`.
package struct LocalText: Hashable, Sendable {
  package var texts: [Language: String]

  package init(_ texts: [Language: String] = [:]) { self.texts = texts }
  package init(_ text: String, in language: Language) { texts = [language: text] }

  package var isEmpty: Bool { texts.values.allSatisfy(\.isEmpty) }

  /// The text in `language`, else in the first other language that has one, else empty.
  package subscript(_ language: Language) -> String {
    texts[language] ?? Language.allCases.lazy.compactMap { texts[$0] }.first ?? ""
  }
}

/// Words in several languages, in the order they were written.
package struct LocalWords: Hashable, Sendable {
  package var words: [Language: [String]]
  package init(_ words: [Language: [String]] = [:]) { self.words = words }
  package subscript(_ language: Language) -> [String] { words[language] ?? [] }
  /// All words, Chinese first, each in the order written.
  package var all: [String] { Language.allCases.flatMap { self[$0] } }
}
