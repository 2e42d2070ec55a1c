import ArgumentParser
import Planning
import Questions
import Session
import SourceText
import Terminal
import Warehouse

/// `wenshu rollups`: what is kept summed up, how big it is, how often it served, and what questions still had to read every row.
struct RollupsCommand: ShellCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollups", _superCommandName: "wenshu", abstract: "Lists what is kept summed up: size, use, benefit, and what is missing.",
    discussion: """
      Rollups are chosen from the dictionary and made with the data, so that questions need not read every row; answers are the same
      without them (--no-rollups, or 'rollups: off' in dataset.yaml). Benefit is how many rows of the table stand for one of the rollup.
      'wenshu rollups --clear' forgets how often they were used.
      """,
    version: CommandLineRun.version)

  @OptionGroup var common: CommonOptions
  @Flag(help: "Make them anew from the tables, as after a change of the dictionary.") var make = false
  @Flag(help: "Forget how often they were used.") var clear = false

  func perform() throws(Stop) -> Int32 {
    let setup = try Setup(common)
    var workspace = try setup.open()
    if clear {
      workspace.rollupUse.clear()
      return ExitStatus.answered
    }
    if make {
      do throws(DiagnosticsError) { try RollupRefresh.make(workspace.database, workspace.dictionary) } catch {
        throw Stop(error.description, status: ExitStatus.failed)
      }
      workspace = try setup.open()
    }
    let facts: [RollupFacts]
    do throws(Problem) { facts = try workspace.database.rollupFacts(workspace.dictionary) } catch {
      throw Stop("\(error)", status: ExitStatus.failed)
    }
    let report = RollupReport(
      facts: facts, use: workspace.rollupUse.all(), words: RollupWords(common.lang?.language ?? Surroundings.language() ?? workspace.dictionary.language))
    if common.format?.isJSON == true { Output.standard.write(report.json) } else { report.show(common) }
    return ExitStatus.answered
  }
}

/// Rollups with their use, and the questions that none served.
struct RollupReport {
  let facts: [RollupFacts]
  let use: [RollupUse.Event: Int]
  let words: RollupWords

  private struct Missing {
    var need: RollupNeed
    var count: Int
  }

  private var missing: [Missing] {
    use.compactMap { event, count in if case .scanned(let need) = event { Missing(need: need, count: count) } else { nil } }
      .sorted { ($1.count, text($0.need)) < ($0.count, text($1.need)) }
  }

  private func text(_ need: RollupNeed) -> String {
    ([need.grain.rawValue] + need.keys).joined(separator: " × ") + (need.hasMembers ? " + " + words.members : "")
  }

  private func used(_ name: String) -> Int { use[.used(name)] ?? 0 }

  func show(_ common: CommonOptions) {
    let rows = facts.flatMap { table in
      table.kept.map { kept in
        [
          table.table, kept.name, EnglishLoadWords.number(kept.rows), "\(max(1, kept.bytes / 1024))", "\(table.rows / max(1, kept.rows))×",
          EnglishLoadWords.number(used(kept.name)),
        ]
      }
    }
    LoadedFile.show(words.columns, rows, flushRight: [2, 3, 4, 5], common)
    for table in facts where table.state == .stale || table.state == .doubtful {
      Output.errors.line("wenshu: " + words.state(table))
    }
    if rows.isEmpty { Output.errors.line("wenshu: " + words.none) }
    let scans = missing
    for item in scans.prefix(5) { Output.errors.line("wenshu: " + words.scanned(item.count, item.need.table, text(item.need))) }
    if let first = scans.first { Output.errors.line("wenshu: " + words.next(first.need.table, text(first.need))) }
  }

  var json: String {
    let tables = facts.map { table in
      JSONValue.object([
        JSONMember("table", .string(table.table)), JSONMember("time", .string(table.time)), JSONMember("state", .string(table.state.rawValue)),
        JSONMember("doubt", JSONValue(table.doubt.isEmpty ? nil : table.doubt)), JSONMember("rows", JSONValue(table.rows)),
        JSONMember("seconds", .number("\(table.seconds)")),
        JSONMember(
          "rollups",
          .array(
            table.kept.map { kept in
              .object([
                JSONMember("name", .string(kept.name)), JSONMember("rows", JSONValue(kept.rows)), JSONMember("bytes", JSONValue(kept.bytes)),
                JSONMember("used", JSONValue(used(kept.name))),
              ])
            })),
      ])
    }
    let scans = missing.map { item in
      JSONValue.object([
        JSONMember("table", .string(item.need.table)), JSONMember("grain", .string(item.need.grain.rawValue)),
        JSONMember("keys", .array(item.need.keys.map { .string($0) })), JSONMember("members", .bool(item.need.hasMembers)),
        JSONMember("questions", JSONValue(item.count)),
      ])
    }
    return JSONValue.object([JSONMember("tables", .array(tables)), JSONMember("scanned", .array(scans))]).compact + "\n"
  }
}

/// What `wenshu rollups` says, in both languages.
struct RollupWords {
  private let isChinese: Bool

  init(_ language: Language) { isChinese = language == .chinese }

  var columns: [String] {
    isChinese ? ["表", "汇总", "行数", "大小(KB)", "效益", "使用次数"] : ["table", "rollup", "rows", "KB", "benefit", "used"]
  }
  var members: String { isChinese ? "去重" : "distinct counts" }
  var none: String { isChinese ? "没有保存任何汇总" : "nothing is kept summed up" }

  func state(_ table: RollupFacts) -> String {
    switch (table.state, isChinese) {
    case (.stale, true): "\(table.table)：字典改过，汇总已停用；用 wenshu rollups --make 重做"
    case (.stale, false): "\(table.table): the dictionary has changed, its rollups are not used; wenshu rollups --make makes them anew"
    case (_, true): "\(table.table)：无法精确汇总（\(table.doubt)），逐行读取"
    case (_, false): "\(table.table): cannot be summed up exactly (\(table.doubt)), so every row is read"
    }
  }

  func scanned(_ count: Int, _ table: String, _ need: String) -> String {
    isChinese ? "\(count) 次提问逐行读取了 \(table)：需要 \(need)" : "\(count) question\(count == 1 ? "" : "s") read every row of \(table), for \(need)"
  }

  func next(_ table: String, _ need: String) -> String {
    isChinese ? "下一个值得保存的汇总：\(table) 按 \(need)（dataset.yaml 的 rollups: {share: …} 可放宽空间）"
      : "the next worth keeping: \(table) by \(need); rollups: {share: …} in dataset.yaml gives more room"
  }
}
