import Testing

@testable import Shell

@Suite struct CommandLineTests {
  @Test(arguments: [
    (["batch", "q.txt"], "batch", ["q.txt"]),
    (["--dataset", "batch", "上月GMV"], "wenshu", ["--dataset", "batch", "上月GMV"]),
    (["--dataset", "shop", "check"], "check", ["--dataset", "shop"]),
    (["--", "check"], "wenshu", ["--", "check"]),
    (["batch size by city"], "wenshu", ["batch size by city"]),
    (["gmv", "check"], "wenshu", ["gmv", "check"]),
    ([], "wenshu", []),
  ])
  func `the first word that is no flag decides`(arguments: [String], command: String, rest: [String]) {
    let found = CommandLineRun.split(arguments)
    #expect(found.command.configuration.commandName == command)
    #expect(found.rest == rest)
  }

  @Test func `every flag that takes a value is known to the splitter`() throws {
    for flag in CommandLineRun.valueFlags {
      let found = CommandLineRun.split([flag, "check"])
      #expect(found.command is AskCommand.Type, "\(flag) takes the word behind it")
    }
  }

  @Test func `every command says what it does`() {
    for command in CommandLineRun.commands {
      #expect(!command.configuration.abstract.isEmpty)
      #expect(AskCommand.helpMessage(columns: 400).contains(command.configuration.abstract))
    }
  }
}
