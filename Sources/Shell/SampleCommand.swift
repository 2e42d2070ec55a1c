import ArgumentParser
import SampleData
import SourceText

/// `wenshu sample retail --orders 10000000 --out DIR`: the data of a dataset, the flagship's as large as wanted.
struct SampleCommand: ShellCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample", _superCommandName: "wenshu", abstract: "Writes the CSV files of a dataset; those of retail larger or smaller.",
    discussion: "Examples: wenshu sample retail --orders 1000000 --out big/data, wenshu sample app --out app/data",
    version: CommandLineRun.version)

  private enum Sample: String, CaseIterable { case retail, manufacturing, app }

  @Argument(help: "What to generate: retail, manufacturing or app.", completion: .list(["retail", "manufacturing", "app"])) var name: String
  @Option(
    help: ArgumentHelp("How many orders over 25 months, for retail; else \(RetailSample.committedOrders).", valueName: "count"))
  var orders: Int?
  @Option(help: ArgumentHelp("The folder for the files.", valueName: "folder"), completion: .directory) var out: String

  func validate() throws {
    guard let sample = Sample(rawValue: name) else {
      throw ValidationError("unknown sample '\(name)'; there are: \(Sample.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    if orders != nil, sample != .retail { throw ValidationError("--orders is for retail; \(name) has one size") }
    if let orders, !(1...100_000_000).contains(orders) { throw ValidationError("--orders takes 1 to 100000000") }
  }

  func perform() throws(Stop) -> Int32 {
    let progress = Progress()
    let written: String
    do {
      switch Sample(rawValue: name) {
      case .manufacturing:
        try ManufacturingSample().write(to: out)
        written = "the tables of manufacturing"
      case .app:
        try AppSample().write(to: out)
        written = "the tables of app"
      case .retail, nil:
        let orders = orders ?? RetailSample.committedOrders
        try RetailSample(orders: orders).write(to: out) { written, all in
          progress.show("writing orders", "\(all > 0 ? written * 100 / all : 100) %")
        }
        written = "\(orders) orders and their tables"
      }
    } catch {
      progress.finish()
      throw Stop("\(error)")
    }
    progress.finish()
    Output.errors.line("wenshu: wrote \(written) to \(out)")
    return ExitStatus.answered
  }
}
