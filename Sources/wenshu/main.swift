import FoundationEssentials
import Glibc
import CivilTime
import Metrics
import Parsing
import Phrasebook
import Questions
import Session
import SourceText

let args = CommandLine.arguments
let home = Home_(args[1])
func Home_(_ p: String) -> Home { try! Home.find(named: p, environment: [:], executable: "", currentFolder: "") }
let (rules, d1) = PhrasebookFiles.read(home: home)
for d in d1 { print(d) }
let (dict, d2) = DictionaryReader.read(folder: args[2])
if dict == nil { print(d2.map(\.description).joined(separator: "\n")); exit(1) }
for d in d2 { print(d) }
var values: [String: [String]] = [:]
for line in try! Files.text(args[3]).split(separator: "\n") {
  let p = line.split(separator: "\t", maxSplits: 1).map(String.init)
  values[p[0], default: []].append(p[1])
}
let g = CompiledGrammar(rules, Vocabulary(rules: rules, dictionary: dict, values: values))
let reader = QuestionReader(grammar: g, dictionary: dict!)
let clock = ContinuousClock()
while let line = readLine() {
  let p = line.split(separator: "\t").map(String.init)
  var prev: Question? = nil
  for q in p.dropFirst() {
    var r: Reading!
    let t = clock.measure { r = reader.read(q, context: TimeContext(today: Day(iso: p[0])!, calendar: dict!.calendar), after: prev) }
    switch r.outcome {
    case .success(let q2): print("OK  ", q, "=>", q2, "  \(t)"); prev = q2
    case .failure(let e): print("FAIL", q, "=>", e, "  \(t)")
    }
    if args.count > 4 { for l in r.tree { print("     ", l) }; for l in r.rivals { print("     ", l) }; for l in r.words where l.use != .used { print("     ", l.use, l.text) } }
  }
}
