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
    say(":\(command) 后面要写\(self.argument(argument))，例如 \(example)", ":\(command) needs \(argument), for example \(example)")
  }

  func takesNoArgument(_ command: String) -> String {
    say(":\(command) 后面不写别的", ":\(command) takes nothing after it")
  }

  /// - Parameter example: what could be asked first; empty if nothing is known.
  func nothingYet(example: String) -> String {
    say("还没有问过", "nothing was asked yet")
      + (example.isEmpty ? "" : say("；这要接着一个答案做，先问一个，例如“\(example)”", "; this goes on from an answer, so ask first, for example “\(example)”"))
  }
  /// Before what a command does with the answer before.
  func resumed(_ question: String) -> String {
    say("上一个问题没有答上来，接着更早的：\(question)", "the last question was not answered; going on from the one before: \(question)")
  }
  var notAnswered: String { say("上一个问题没有答上来，之前也没有答案", "the last question was not answered, and there is no answer before it") }
  var noSQL: String { say("上一个答案没有 SQL", "the last answer has no SQL") }
  func keeps(_ isKept: Bool) -> String {
    isKept ? say("没听懂的问题会记下", "questions that are not understood are kept") : say("问题不再记下", "nothing of the questions is kept")
  }
  var nothingChosen: String { say("还没有选过；先选一种理解，或写 :keep 词 名称", "nothing was chosen yet; choose a reading first, or write :keep WORD NAME") }
  var noChoice: String { say("没有这一项", "there is no such choice") }
  func today(_ day: String) -> String { say("今天：\(day)", "today: \(day)") }
  func user(_ name: String, roles: [String]) -> String {
    let list = roles.joined(separator: say("、", ", "))
    return say("用户：\(name)", "user: \(name)") + (list.isEmpty ? "" : say("（角色 \(list)）", " (\(list))")) + startsAfresh
  }
  func noUser(role: String?) -> String {
    say("没有指定用户", "no user") + (role.map { say("，按角色 \($0)", ": anybody, with the role \($0)") } ?? "") + startsAfresh
  }
  private var startsAfresh: String { say("；从头问起", "; starting afresh") }
  /// - Parameter known: those that are near, else all, as far as they are few.
  func unknownUser(_ name: String, _ known: [String]) -> String {
    say("权限文件里没有用户 \(name)", "the policy declares no user \(name)")
      + (known.isEmpty ? "" : say("；可以是 ", "; it can be ") + known.joined(separator: say("、", ", ")))
  }
  var noUsers: String {
    say("这个数据集没有权限文件，不分用户：谁问都能看全部", "this dataset has no policy and so no users: everybody sees everything")
  }
  func notADay(_ text: String) -> String { say("不是日期：\(text)；写成 2026-11-01", "not a day: \(text); write 2026-11-01") }
  /// - Parameter more: what lists them all, where there are too many to be named.
  func notOneOf(_ text: String, _ valid: [String], more: String = "") -> String {
    let list = valid.prefix(12).joined(separator: say("、", ", "))
    let rest = valid.count > 12 ? say(" 等 \(valid.count) 个", " and \(valid.count - 12) more") + (more.isEmpty ? "" : say("，\(more) 列出全部", "; \(more) lists them")) : ""
    if list.isEmpty { return say("没有 \(text)", "there is no \(text)") }
    return say("没有 \(text)；可以是 \(list)", "there is no \(text); it can be \(list)") + rest
  }
  /// Behind what may be named, where a time can be written too.
  var orATime: String { say("一段时间（如 上月）", "a time such as last year") }
  func answersIn(_ language: Language?) -> String {
    switch language {
    case .chinese?: say("以后用中文回答", "answers are in Chinese from now on")
    case .english?: say("以后用英文回答", "answers are in English from now on")
    case nil: say("回答随问题的语言", "answers are in the language of the question")
    }
  }
  func writtenAs(_ format: String) -> String { say("以后的答案写成 \(format)", "answers are written as \(format) from now on") }
  func showsSQL(_ isShown: Bool) -> String {
    isShown ? say("以后每个答案都带 SQL", "every answer comes with its SQL from now on") : say("以后不带 SQL", "answers come without SQL")
  }
  func explains(_ isOn: Bool) -> String {
    isOn ? say("以后每个答案都讲怎么理解的", "every answer is explained from now on") : say("以后不再讲怎么理解的", "answers are no longer explained")
  }
  func turnsTime(_ isTurned: Bool) -> String {
    isTurned ? say("时间横着更好读时会横排", "time stands across where that reads better") : say("以后时间都竖着排", "time stands down from now on")
  }
  func noMetric(_ text: String) -> String { say("没有指标 \(text)；:metrics 列出所有指标", "there is no metric \(text); :metrics lists them") }

  /// `DIMENSION|ROW` in the words of the language; what is typed as it stands, such as `none`, stays.
  func argument(_ text: String) -> String {
    guard language == .chinese else { return text }
    let names = [
      "DIMENSION": "维度", "ROW": "行号", "TIME": "时间", "UNIT": "时间单位", "NAME": "名称", "N": "数", "METRIC": "指标", "FILE": "文件",
      "TEXT": "文字", "WORD": "词", "COMMAND": "命令", "NOTATION": "记法", "DATASET": "数据集", "DAY": "日期", "USER": "用户",
    ]
    var (result, word) = ("", "")
    for character in text + "\n" {
      if character.isLetter, character.isUppercase {
        word.append(character)
        continue
      }
      result += names[word] ?? word
      word = ""
      if character != "\n" { result.append(character) }
    }
    return result
  }
  func again(_ text: String) -> String { say("接着：\(text)", "going on from: \(text)") }
  var afresh: String { say("从头问起", "starting afresh") }

  // MARK: Commands

  func title(_ topic: PromptCommand.Topic) -> String {
    switch topic {
    case .going: say("接着问", "Going on from an answer")
    case .showing: say("怎么显示", "How answers are shown")
    case .keeping: say("保存和导出", "Keeping and exporting")
    case .knowing: say("能问什么", "What can be asked")
    case .asking: say("问谁、以谁、哪一天", "What is asked, as whom, on which day")
    }
  }
  var forExample: String { say("例如", "For example") }
  var inWords: String { say("也可以说", "In words") }
  func notUnderstood(_ text: String) -> String { say("没有听懂 \(text)", "\(text) is not understood") }
  func notANumber(_ text: String) -> String { say("不是可用的数：\(text)", "not a number that can be used: \(text)") }
  func noRow(_ row: Int) -> String { say("答案里没有第 \(row) 行", "the answer has no row \(row)") }
  func tooManyRows(_ count: Int, most: Int) -> String {
    say("答案有 \(count) 行；行号只用于不超过 \(most) 行的表", "the answer has \(count) rows; rows go by number in tables of up to \(most)")
  }
  var noRows: String { say("没有可以列出的原始行", "there are no source rows to list") }
  var nothingToDraw: String { say("没有可比较的，所以没有画图", "there is nothing to compare, so nothing is drawn") }
  func draws(_ isDrawn: Bool) -> String {
    isDrawn ? say("还没有数可画；之后的答案都这样画", "there is nothing to draw yet; answers from now on are drawn so")
      : say("之后的答案不画图", "answers from now on are not drawn")
  }
  func alreadyThere(_ file: String) -> String { say("\(file) 已存在；要覆盖请用 :export! \(file)", "\(file) is there already; :export! \(file) writes over it") }
  func written(_ file: String, rows: Int) -> String { say("写好了 \(file)（\(rows) 行）", "wrote \(file) (\(rows) rows)") }
  var noted: String { say("记下了", "noted") }
  func badName(_ name: String) -> String { say("名字只能用文字、数字、- 和 _：\(name)", "a name is letters, digits, - and _: \(name)") }
  /// - Parameter before: the other question that was saved by this name until now.
  func saved(_ name: String, over before: String?) -> String {
    say("存好了；:run \(name) 再问一次", "saved; :run \(name) asks it again") + (before.map { say("。换掉了原来的：\($0)", ". It takes the place of: \($0)") } ?? "")
  }
  var noneSaved: String { say("还没有存过；:save 名字", "nothing is saved yet; :save NAME") }
  var noExamples: String { say("没有例子", "there are no examples") }
  var marks: String { say("~ 推测  ^ 不认识", "~ assumed  ^ unknown") }
  var askNext: String { say("接着可以问", "You may ask next") }
  var enterTakesIt: String { say("回车就用它", "Enter takes it") }
  var noTour: String { say("这个数据集没有导览", "this dataset has no tour") }
  func tourStop(_ number: Int, of count: Int, _ text: String) -> String { say("【\(number)/\(count)】\(text)", "[\(number)/\(count)] \(text)") }
  var tourGoesOn: String { say("回车继续，或随便问；:tour 从头再来", "Enter goes on; or ask whatever you like") }
  var tourEnds: String { say("导览完了。:help 看命令，:metrics 看指标。", "That was the tour. :help lists commands, :metrics the metrics.") }
}
