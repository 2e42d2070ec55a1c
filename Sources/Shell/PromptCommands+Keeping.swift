/// Commands that keep something.
extension PromptCommands {
  static func keeping(_ names: CommandNames) -> [PromptCommand] {
    [
      PromptCommand(
        "export", .keeping, .required, "FILE.csv|json|md|html|svg", zh: "把上一个答案写进文件，格式看后缀；只写格式则按问题取名；:export! 覆盖已有的",
        en: "write the last answer to a file, by its ending; a format alone: a file named after the question; :export! writes over one",
        example: ":export sales.csv", words: ("导出成csv", "export as csv"), acts: .always, takesFile: true,
        action: { prompt, text throws(Stop) in try prompt.export(text) }),
      PromptCommand(
        "export!", .keeping, .required, "FILE", zh: "同上，覆盖已有的文件", en: "likewise, over a file that is there", example: ":export! sales.csv", acts: .always, takesFile: true,
        action: { prompt, text throws(Stop) in try prompt.export(text, over: true) }),
      PromptCommand(
        "note", .keeping, .required, "TEXT", zh: "给上一个答案加备注，随它一起导出和保存", en: "a note on the last answer, exported and saved with it",
        example: ":note 双十一前", acts: .always, action: { prompt, text throws(Stop) in try prompt.note(text) }),
      PromptCommand(
        "save", .keeping, .required, "NAME", zh: "把上一个问题存下来", en: "save the last question", example: ":save monthly",
        acts: .always, action: { prompt, text throws(Stop) in try prompt.save(text) }),
      PromptCommand(
        "run", .keeping, .required, "NAME", zh: "再问一次存下的问题", en: "ask a saved question again", example: ":run monthly", completions: { names.saved },
        action: { prompt, text throws(Stop) in try prompt.runSaved(text) }),
      PromptCommand(
        "saved", .keeping, zh: "列出存下的问题", en: "list the saved questions", example: ":saved", action: { prompt, _ in prompt.listSaved() }),
      PromptCommand(
        "keep", .keeping, .optional, "WORD NAME", zh: "把选定的理解记进字典", en: "write what was chosen into the dictionary",
        example: ":keep", action: { prompt, text throws(Stop) in try prompt.keep(text) }),
      PromptCommand(
        "private", .keeping, .optional, "on|off", zh: "不记下没听懂的问题", en: "keep nothing of questions that are not understood",
        example: ":private", completions: { ["on", "off"] }, action: { prompt, text throws(Stop) in try prompt.setPrivate(text) }),
    ]
  }
}
