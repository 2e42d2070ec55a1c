import CivilTime
import Metrics
import Questions
import SourceText

/// Decides whether a person may ask a question, and narrows it to the rows they may see. Knows no SQL.
///
///     let admitted = try Admission(policy: policy, dictionary: dictionary).admit(question, user: "chen")
///     // measure net_sales | where region = 华东, with Notice.narrowedByPolicy
///
/// What counts as asked: every metric named anywhere in the question, and every metric that one is computed from, in any
/// of its versions, since answers show the parts of a formula. Drivers that a formula does not use are not shown with a
/// number and do not count.
package struct Admission: Sendable {
  /// A question as it may be asked.
  package struct Admitted: Hashable, Sendable {
    package var question: Question
    package var notices: [Notice]
    /// Groups of fewer source rows than this come without numbers.
    package var smallestGroup: Int?
  }

  private let policy: Policy?
  private let dictionary: MetricDictionary
  private let parseRows: PolicyReader.RowParser

  /// Without a policy everything is granted: a dataset on one's own machine.
  package init(policy: Policy?, dictionary: MetricDictionary, parseRows: PolicyReader.RowParser? = nil) {
    self.policy = policy
    self.dictionary = dictionary
    self.parseRows = parseRows ?? Admission.rowParser(dictionary)
  }

  /// Row filters read as `where` clauses are. They name no time, so the day does not matter.
  static func rowParser(_ dictionary: MetricDictionary) -> PolicyReader.RowParser {
    let resolver = Resolver(dictionary: dictionary, context: TimeContext(today: Day(number: 0)))
    return { (items) throws(Problem) in try resolver.conditions(items) }
  }

  /// The question narrowed to what `user` may see; nil stands for a person who did not say who they are.
  /// - Throws: `Problem.unknownUser`, `Problem.notGranted`
  package func admit(_ question: Question, user: String? = nil) throws(Problem) -> Admitted {
    guard let policy else { return Admitted(question: question, notices: [], smallestGroup: nil) }
    let (roles, person) = try roles(of: user, in: policy)
    let granting = try grantingRoles(question, roles)
    let filter = try rowFilter(granting.roles, together: granting.together, person)
    var admitted = Admitted(question: question, notices: [], smallestGroup: granting.roles.compactMap(\.smallestGroup).max())
    if !filter.isEmpty { try narrow(&admitted, by: filter) }
    return admitted
  }

  /// The metrics a person may ask for, in the dictionary's order: for lists, completion and suggestions.
  /// - Throws: `Problem.unknownUser`
  package func visibleMetrics(user: String? = nil) throws(Problem) -> [String] {
    guard let policy else { return dictionary.metrics.map(\.name) }
    let roles = try roles(of: user, in: policy).roles
    return dictionary.metrics.map(\.name).filter { name in
      ingredients(of: name).allSatisfy { part in roles.contains { grants($0, metric: part) } }
    }
  }

  /// The dimensions a person may cut by.
  /// - Throws: `Problem.unknownUser`
  package func visibleDimensions(user: String? = nil) throws(Problem) -> [String] {
    guard let policy else { return dictionary.dimensions.map(\.name) }
    let roles = try roles(of: user, in: policy).roles
    return dictionary.dimensions.map(\.name).filter { name in roles.contains { grants($0, dimension: name) } }
  }

  /// Whether everybody may see everything: there is no policy.
  package var isOpen: Bool { policy == nil }

  /// The users that the policy declares, with their roles; nil without a policy, which knows no users.
  package var users: [(name: String, roles: [String])]? { policy.map { $0.users.map { ($0.name, $0.roles) } } }

  /// The role of people who do not say who they are.
  package var defaultRole: String? { policy?.defaultRole }

  // MARK: Roles

  private func roles(of user: String?, in policy: Policy) throws(Problem) -> (roles: [Role], person: PolicyUser?) {
    guard let user else {
      guard let name = policy.defaultRole, let role = policy.role(name) else { throw .unknownUser("") }
      return ([role], nil)
    }
    guard let person = policy.user(user) else {
      throw .unknownUser(user, nearest: NearMiss.nearest(to: user, among: policy.users.map(\.name)))
    }
    return (person.roles.compactMap(policy.role), person)
  }

  /// The roles that grant the whole question each; if none does, all that grant a part, to hold together.
  private func grantingRoles(_ question: Question, _ roles: [Role]) throws(Problem) -> (roles: [Role], together: Bool) {
    let metrics = question.metricsTouched.flatMap { ingredients(of: $0) }
    let dimensions = question.dimensionsTouched
    let whole = roles.filter { role in
      metrics.allSatisfy { grants(role, metric: $0) } && dimensions.allSatisfy { grants(role, dimension: $0) }
    }
    if !whole.isEmpty { return (whole, false) }
    // What is named is what was asked for, not the part that is missing: that one is not theirs to know.
    let refused =
      question.metricsTouched.filter { asked in
        !ingredients(of: asked).allSatisfy { part in roles.contains { grants($0, metric: part) } }
      } + dimensions.filter { name in !roles.contains { grants($0, dimension: name) } }
    if !refused.isEmpty { throw .notGranted(refused) }
    return (roles, true)
  }

  private func grants(_ role: Role, metric: String) -> Bool {
    if role.except.contains(metric) { return false }
    return role.metrics.contains(metric) || role.allMetrics && dictionary.metric(metric)?.sensitivity != .private
  }

  private func grants(_ role: Role, dimension: String) -> Bool {
    if role.hide.contains(dimension) { return false }
    return role.show.contains(dimension) || dictionary.dimension(dimension)?.sensitivity != .private
  }

  /// A metric and all it is computed from, in any version.
  private func ingredients(of metric: String) -> [String] {
    var found = [metric]
    var next = 0
    while next < found.count {
      let versions = dictionary.metric(found[next])?.versions ?? []
      for name in versions.flatMap(\.formula.metrics) where !found.contains(name) { found.append(name) }
      next += 1
    }
    return found
  }

  // MARK: Rows

  /// What rows the roles let through: those of any role that grants the whole question, or those of all together.
  private func rowFilter(_ roles: [Role], together: Bool, _ person: PolicyUser?) throws(Problem) -> [Condition] {
    if !together, roles.contains(where: \.rows.isEmpty) { return [] }
    var filters: [[Condition]] = []
    for role in roles where !role.rows.isEmpty {
      // Without the person's own values there is nothing to test rows by; `!=` would let every row through.
      let missing = role.rows.flatMap(\.userAttributes).filter { person?.attributes[$0]?.isEmpty ?? true }
      if !missing.isEmpty { throw .notGranted(missing.map { "user." + $0 }) }
      let items = role.rows.map { $0.replacingUser { person?.attributes[$0] ?? [] } }
      let conditions = try parseRows(items)
      if !filters.contains(conditions) { filters.append(conditions) }
    }
    if together { return filters.flatMap { $0 } }
    if filters.count == 1 { return filters[0] }
    return [.any(filters.map { $0.count == 1 ? $0[0] : .all($0) })]
  }

  private func narrow(_ admitted: inout Admitted, by filter: [Condition]) throws(Problem) {
    // A definition has no rows.
    if case .about = admitted.question.subject { return }
    guard !admitted.question.metricsTouched.isEmpty else { return try narrowListing(&admitted, by: filter) }
    try checkReach(admitted.question, filter)
    for condition in filter {
      // Two values of one dimension are alternatives in the notation (华东, 华北); a filter must never become one, so it
      // stands in a shell of its own wherever the question speaks of the same dimension.
      let asked = Set(admitted.question.conditions.flatMap(\.dimensionsTouched))
      let collides = condition.dimensionsTouched.contains { asked.contains($0) }
      if admitted.question.conditions.contains(condition) { continue }
      admitted.question.conditions.append(collides ? .all([condition]) : condition)
    }
    admitted.notices.append(.narrowedByPolicy(filter))
  }

  /// Values of a dimension are listed only as far as the filter speaks of that dimension.
  private func narrowListing(_ admitted: inout Admitted, by filter: [Condition]) throws(Problem) {
    guard case .list(.values(let dimension)) = admitted.question.subject else { return }
    let own = filter.filter { $0.dimensionsTouched.contains(dimension) }
    guard !own.isEmpty else { return }
    admitted.question.conditions += own
    admitted.notices.append(.narrowedByPolicy(own))
  }

  /// A filter that a metric's rows cannot be tested by would let all of them through; the metric is refused instead.
  private func checkReach(_ question: Question, _ filter: [Condition]) throws(Problem) {
    var reaches = ReachCache(dictionary.schema)
    let dimensions = filter.flatMap(\.dimensionsTouched).compactMap(dictionary.dimension)
    var refused: [String] = []
    for metric in question.metricsTouched {
      let tables = dictionary.tables(of: metric)
      let fits = tables.allSatisfy { table in dimensions.allSatisfy { reaches.reaches($0, from: table) } }
      if !fits { refused.append(metric) }
    }
    if !refused.isEmpty { throw .notGranted(refused) }
  }
}

extension [Term] {
  /// Puts a person's own values in place of `user.regions`; `in user.regions` becomes a list, elsewhere the first stands.
  func replacingUser(_ values: (String) -> [String]) -> [Term] {
    enumerated().map { index, term in
      switch term {
      case .symbol(let name) where name.hasPrefix("user."):
        let own = values(String(name.dropFirst(5))).map(Term.text)
        let isList = index > 0 && self[index - 1] == .symbol("in")
        return isList ? .call("", own.map { [$0] }) : own.first ?? .text("")
      case .call(let name, let items): return .call(name, items.map { $0.replacingUser(values) })
      case .symbol, .number, .text, .slot: return term
      }
    }
  }

  /// What a filter asks of the person: `regions` of `user.regions`.
  var userAttributes: [String] {
    flatMap { term -> [String] in
      switch term {
      case .symbol(let name) where name.hasPrefix("user."): [String(name.dropFirst(5))]
      case .call(_, let items): items.flatMap(\.userAttributes)
      case .symbol, .number, .text, .slot: []
      }
    }
  }
}
