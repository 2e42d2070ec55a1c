import SourceText

/// `$XDG_CONFIG_HOME/wenshu/config`: what flags say where the command line does not, a line each: `lang: zh`, `quiet: true`.
///
/// Keys are the names of the flags. `WENSHU_CONFIG` names another file; `off` reads none.
enum ConfigFile {
  /// Flags that take no value.
  private static let switches: Set<String> = ["explain", "sql", "strict", "private", "quiet"]
  private static let values: Set<String> = [
    "dataset", "data", "home", "today", "user", "lang", "format", "chart", "pivot", "ambiguous", "cache",
    "most-seconds", "most-rows", "most-memory",
  ]

  /// The arguments with those of the file before them, as far as they are not given.
  /// - Throws: `Stop` with the line that cannot be used.
  static func adding(to arguments: [String]) throws(Stop) -> [String] {
    guard let path = path(), SourceFile.exists(path), let text = try? SourceFile.read(path) else { return arguments }
    let given = Set(arguments.prefix { $0 != "--" }.filter { $0.hasPrefix("--") }.map { String($0.dropFirst(2).prefix { $0 != "=" }) })
    var added: [String] = []
    for line in LineReader.lines(text, file: path) {
      let parts = line.text.split(separator: ":", maxSplits: 1).map { String(LineReader.trim($0)) }
      guard parts.count == 2, let key = parts.first, let value = parts.last else { throw stop(line, nil) }
      if switches.contains(key) {
        guard ["true", "false"].contains(value) else { throw stop(line, "true or false") }
        if value == "true", !given.contains(key) { added.append("--" + key) }
      } else if values.contains(key) {
        if !given.contains(key), !value.isEmpty { added += ["--" + key, value] }
      } else {
        throw stop(line, nil)
      }
    }
    return added + arguments
  }

  private static func path() -> String? {
    let named = Surroundings.variable("WENSHU_CONFIG")
    return named == "off" ? nil : named ?? Surroundings.configFile()
  }

  private static func stop(_ line: SourceLine, _ expected: String?) -> Stop {
    let keys = (values.union(switches)).sorted()
    let key = String(line.text.prefix { $0 != ":" })
    let nearest = NearMiss.nearest(to: key, among: keys, limit: 1).first
    let diagnostic = Diagnostic(
      code: "bad-setting", at: line.place, found: line.text, expected: expected ?? "one of \(keys.joined(separator: ", "))",
      hint: expected == nil ? nearest.map { "did you mean \($0)?" } ?? "" : "")
    return Stop(diagnostic.description)
  }
}
