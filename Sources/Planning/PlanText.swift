/// Prints a plan for people: each step under the one that reads it, with its sentence.
///
///     answer: Show sales by region.
///       lines_by_region: Sum lines.quantity * lines.price by region from 2026-10-01 to 2026-10-31.
///
/// A step that is read twice is told once, then named.
package enum PlanText {
  package static func text(_ plan: Plan, words: any StepWords = EnglishStepWords()) -> String {
    var seen: Set<String> = []
    return lines(plan.root, 0, words, &seen).joined(separator: "\n")
  }

  private static func lines(_ step: PlanStep, _ depth: Int, _ words: any StepWords, _ seen: inout Set<String>) -> [String] {
    let indent = String(repeating: "  ", count: depth)
    guard seen.insert(step.name).inserted else { return ["\(indent)\(step.name): see above."] }
    var result = ["\(indent)\(step.name): \(words.text(step.note))"]
    for input in inputs(of: step) { result += lines(input, depth + 1, words, &seen) }
    return result
  }

  /// What a step reads, each once; a union of groups is told by the steps it unites, which are read beside it anyway.
  private static func inputs(of step: PlanStep) -> [PlanStep] {
    var names: Set<String> = []
    return step.inputs.flatMap { input -> [PlanStep] in
      if case .union(let steps) = input.operation { return steps }
      return [input]
    }.filter { names.insert($0.name).inserted }
  }
}
