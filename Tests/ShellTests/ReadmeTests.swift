import Glibc
import Testing

/// Every transcript of the README is run: in a fenced block marked `console`, a line `$ …` is a command and what follows,
/// up to the next, is what it prints. Files shown in blocks marked `yaml file=…` or `csv file=…` are written first.
@Suite(.serialized) struct ReadmeTests {
  private struct Block {
    var mark: String
    var lines: [String]
  }

  private static let blocks: [Block] = {
    let text = ProgramRun.run("/bin/cat", [Program.home + "/README.md"]).output
    var (blocks, open): ([Block], Block?) = ([], nil)
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("```") {
        if let block = open {
          blocks.append(block)
          open = nil
        } else {
          open = Block(mark: String(line.dropFirst(3)), lines: [])
        }
      } else {
        open?.lines.append(line)
      }
    }
    return blocks
  }()

  struct Step: CustomTestStringConvertible, Sendable {
    var command: String
    var printed: [String]
    var testDescription: String { command }
  }

  /// The commands of all `console` blocks, in order.
  static let steps: [Step] = blocks.filter { $0.mark == "console" }.flatMap { block in
    var steps: [Step] = []
    for line in block.lines {
      if line.hasPrefix("$ ") {
        steps.append(Step(command: String(line.dropFirst(2)), printed: []))
      } else if !steps.isEmpty {
        steps[steps.count - 1].printed.append(line)
      }
    }
    return steps
  }

  /// A folder with the README's files, and a `wenshu` that is the program under test.
  private static let folder: String = {
    let folder = Program.scratch("readme")
    for block in blocks {
      guard let range = block.mark.firstRange(of: "file=") else { continue }
      let file = folder + "/" + block.mark[range.upperBound...]
      _ = ProgramRun.run("/bin/mkdir", ["-p", String(file[..<file.lastIndex(of: "/")!])])
      Program.write(block.lines.joined(separator: "\n") + "\n", to: file)
    }
    Program.write("#!/bin/sh\nexec '\(Program.path)' \"$@\"\n", to: folder + "/wenshu")
    _ = ProgramRun.run("/bin/chmod", ["+x", folder + "/wenshu"])
    // The first question builds a warehouse and says so, once; the README shows what comes after.
    for dataset in ["retail", "shop"] {
      _ = ProgramRun.run("/bin/sh", ["-c", "./wenshu metrics --dataset \(dataset)"], folder: folder)
    }
    _ = ProgramRun.run("/bin/sh", ["-c", "./wenshu metrics --data shop/data/sales.csv"], folder: folder)
    return folder
  }()

  @Test func `the README has transcripts`() {
    #expect(Self.steps.count >= 5)
  }

  @Test(arguments: steps)
  func `a transcript prints what it shows`(step: Step) {
    let run = ProgramRun.run("/bin/sh", ["-c", step.command + " 2>&1"], folder: Self.folder)
    func trimmed(_ lines: [String]) -> [String] {
      var lines = lines
      while lines.last?.isEmpty == true { lines.removeLast() }
      return lines
    }
    let found = trimmed(run.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    #expect(found == trimmed(step.printed), "\(run.output)")
  }
}
