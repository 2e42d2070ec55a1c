/// A step of a plan. (Filled by the planner.)
package struct PlanStep: Hashable, Sendable {
  package init() {}
}
