import SourceText

/// What the prompt itself says, in both languages; answers have their words in `Answers`.
struct ShellWords: Sendable {
  let language: Language
  init(_ language: Language) { self.language = language }

  private func say(_ chinese: String, _ english: String) -> String {
    switch language {
    case .chinese: chinese
    case .english: english
    }
  }

  var prompt: String { say("问› ", "? ") }

  func banner(title: String, dataThrough day: String?) -> String {
    say(
      "问数 · \(title)" + (day.map { " · 数据截至 \($0)" } ?? "") + " · :help 看命令，Ctrl-D 离开",
      "Wenshu · \(title)" + (day.map { " · data through \($0)" } ?? "") + " · :help lists commands, Ctrl-D leaves")
  }

  func unknownCommand(_ name: String, nearest: [String]) -> String {
    let list = nearest.map { ":" + $0 }.joined(separator: " ")
    return say("没有命令 :\(name)", "no command :\(name)")
      + (nearest.isEmpty ? say("；:help 看命令", "; :help lists them") : say("；是 \(list) 吗？", "; did you mean \(list)?"))
  }

  func needsArgument(_ command: String, _ argument: String, example: String) -> String {
    say(":\(command) 后面要写 \(argument)，例如 \(example)", ":\(command) needs \(argument), for example \(example)")
  }

  func takesNoArgument(_ command: String) -> String {
    say(":\(command) 后面不写别的", ":\(command) takes nothing after it")
  }

  var nothingYet: String { say("还没有问过", "nothing was asked yet") }
  var noSQL: String { say("上一个答案没有 SQL", "the last answer has no SQL") }
  func keeps(_ isKept: Bool) -> String {
    isKept ? say("没听懂的问题会记下", "questions that are not understood are kept") : say("问题不再记下", "nothing of the questions is kept")
  }
  var nothingChosen: String { say("还没有选过；先选一种理解，或写 :keep 词 名称", "nothing was chosen yet; choose a reading first, or write :keep WORD NAME") }
  var noChoice: String { say("没有这一项", "there is no such choice") }
  func today(_ day: String) -> String { say("今天：\(day)", "today: \(day)") }
  func user(_ name: String?) -> String { name.map { say("用户：\($0)", "user: \($0)") } ?? say("没有指定用户", "no user") }
  func notADay(_ text: String) -> String { say("不是日期：\(text)；写成 2026-11-01", "not a day: \(text); write 2026-11-01") }
  func notOneOf(_ text: String, _ valid: [String]) -> String {
    let list = valid.joined(separator: say("、", ", "))
    return say("没有 \(text)；可以是 \(list)", "no \(text); one of \(list)")
  }
  func again(_ text: String) -> String { say("接着：\(text)", "going on from: \(text)") }
  var afresh: String { say("从头问起", "starting afresh") }
}
