import ArgumentParser
import SampleData
import SourceText

/// `wenshu sample retail --orders 10000000 --out DIR`: the flagship's data, as large as wanted.
struct SampleCommand: ShellCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample", _superCommandName: "wenshu", abstract: "Writes the CSV files of the retail dataset, larger or smaller.",
    discussion: "Example: wenshu sample retail --orders 1000000 --out big/data",
    version: CommandLineRun.version)

  @Argument(help: "What to generate: retail.") var name: String
  @Option(help: ArgumentHelp("How many orders over 25 months.", valueName: "count")) var orders = RetailSample.committedOrders
  @Option(help: ArgumentHelp("The folder for the files.", valueName: "folder")) var out: String

  func validate() throws {
    if name != "retail" { throw ValidationError("unknown sample '\(name)'; there is one: retail") }
    if !(1...100_000_000).contains(orders) { throw ValidationError("--orders takes 1 to 100000000") }
  }

  func perform() throws(Stop) -> Int32 {
    let progress = Progress()
    do {
      try RetailSample(orders: orders).write(to: out) { written, all in
        progress.show("writing orders", "\(all > 0 ? written * 100 / all : 100) %")
      }
    } catch {
      progress.finish()
      throw Stop("\(error)")
    }
    progress.finish()
    Output.errors.line("wenshu: wrote \(orders) orders and their tables to \(out)")
    return ExitStatus.answered
  }
}
