import FoundationEssentials
import Testing

/// What `Package.swift` declares, read as text: name and dependencies of each target of ours, in its order.
struct Manifest: Sendable {
  struct Target: Sendable, CustomTestStringConvertible {
    let name: String
    let dependencies: [String]
    var testDescription: String { name }
  }

  struct Source: Sendable {
    let path: String
    let lines: [Substring]

    /// The modules a file imports, whatever is written before `import`.
    var imports: [String] {
      lines.compactMap { line in
        let words = line.split(whereSeparator: \.isWhitespace)
        guard let index = words.firstIndex(of: "import"), index + 1 < words.count else { return nil }
        guard words[..<index].allSatisfy({ $0.hasPrefix("@") || $0 == "internal" || $0 == "package" || $0 == "public" })
        else { return nil }
        // `import struct M.T` names its kind first.
        let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
        let name = kinds.contains(words[index + 1]) && index + 2 < words.count ? words[index + 2] : words[index + 1]
        return name.split(separator: ".").first.map { Manifest.products[String($0)] ?? String($0) }
      }
    }

    func declares(_ name: String) -> Bool {
      ["struct", "class", "enum", "protocol", "actor"].contains { kind in
        lines.contains { line in
          let words = line.split { !($0.isLetter || $0.isNumber || $0 == "_") }
          return !line.hasPrefix(" ") && !line.hasPrefix("//")
            && zip(words, words.dropFirst()).contains { $0 == kind[...] && $1 == name[...] }
        }
      }
    }
  }

  let targets: [Target]

  static let system: Set<String> = ["Swift", "FoundationEssentials", "Foundation", "Glibc", "Musl", "Darwin", "Dispatch", "Synchronization"]
  static let libraries: Set<String> = ["Yams", "GRDB", "ArgumentParser", "CReadline", "CWorkbook"]

  /// Modules that come with a library under another name.
  static let products = ["CYaml": "Yams", "GRDBSQLite": "GRDB"]

  /// The folder of the package: two above this file's.
  private static let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()

  static let own: Manifest = {
    let data = FileManager.default.contents(atPath: root + "/Package.swift") ?? Data()
    return Manifest(String(decoding: data, as: UTF8.self))
  }()

  init(_ text: String) {
    let names = ["yams": "Yams", "grdb": "GRDB", "arguments": "ArgumentParser"]
    var targets: [Target] = []
    let list = text.ranges(of: "targets: [").last.map { text[$0.upperBound...] } ?? ""
    for start in ["layer(", ".executableTarget("] {
      for range in list.ranges(of: start) {
        let call = Manifest.balanced(list[range.upperBound...])
        let quoted = call.split(separator: "\"", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }
        let bare = call.split { !$0.isLetter }.compactMap { names[String($0)] }
        guard let name = quoted.first?.element else { continue }
        targets.append(Target(name: String(name), dependencies: quoted.dropFirst().map { String($0.element) } + bare))
      }
    }
    self.targets = targets
  }

  /// The text up to the bracket that closes the call.
  private static func balanced(_ text: Substring) -> Substring {
    var depth = 1
    let end = text.firstIndex { character in
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      return depth == 0
    }
    return text[..<(end ?? text.endIndex)]
  }

  /// The Swift files of a target, sorted.
  static func sources(of target: String) -> [Source] {
    let folder = root + "/Sources/" + target
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".swift") }.sorted().map { name in
      let data = FileManager.default.contents(atPath: folder + "/" + name) ?? Data()
      let text = String(decoding: data, as: UTF8.self)
      return Source(path: "Sources/\(target)/\(name)", lines: text.split(separator: "\n"))
    }
  }
}
