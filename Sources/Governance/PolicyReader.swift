import Metrics
import Questions
import SourceText

/// Reads `policy.yaml`.
///
///     roles:
///       admin: {metrics: all}
///       analyst: {metrics: all, except: [gross_profit], rows: "region in user.regions", hide: [phone], smallest_group: 5}
///     users:
///       lin: [analyst]
///       chen: {roles: [analyst], regions: [华东]}
///     default: analyst
package struct PolicyReader {
  private let dictionary: MetricDictionary
  private let parseRows: RowParser
  private let report = DiagnosticCollector()

  /// What turns a row filter into conditions; the resolver of questions, unless a test brings its own.
  package typealias RowParser = @Sendable (_ items: [Term.Item]) throws(Problem) -> [Condition]

  private init(_ dictionary: MetricDictionary, _ parseRows: @escaping RowParser) {
    self.dictionary = dictionary
    self.parseRows = parseRows
  }

  /// The policy of a dataset's folder; nil without defects if the folder has none, which grants everything.
  package static func read(folder: String, dictionary: MetricDictionary) -> (policy: Policy?, diagnostics: [Diagnostic]) {
    let path = folder + "/policy.yaml"
    guard SourceFile.exists(path) else { return (nil, []) }
    do throws(Diagnostic) { return read(try SourceFile.read(path), file: path, dictionary: dictionary) } catch {
      return (nil, [error])
    }
  }

  /// The same from a text at hand. A policy with an error is no policy, and nothing may be answered under it.
  package static func read(
    _ text: String, file: String, dictionary: MetricDictionary, parseRows: RowParser? = nil
  ) -> (policy: Policy?, diagnostics: [Diagnostic]) {
    let reader = PolicyReader(dictionary, parseRows ?? Admission.rowParser(dictionary))
    do throws(Diagnostic) {
      let policy = reader.policy(YAMLMapping(try YAMLNode.parse(text, file: file), "a policy", reader.report))
      return (reader.report.hasErrors ? nil : policy, reader.report.diagnostics)
    } catch {
      return (nil, [error])
    }
  }

  private func policy(_ node: YAMLMapping) -> Policy {
    let roles = node.entries("roles").map(role)
    var policy = Policy(roles: roles)
    policy.users = node.entries("users").map { user($0, policy) }
    if let value = node.value("default"), let name = report.text(value) {
      checkRole(name, value, policy)
      policy.defaultRole = name
    }
    if roles.isEmpty { add("no-roles", node.node.place, "a policy without roles", "roles: name: {metrics: all}") }
    node.finish()
    return policy
  }

  // MARK: Roles

  private func role(_ entry: YAMLNode.Entry) -> Role {
    let node = YAMLMapping(entry.value, "a role", report)
    let granted = names(node, "metrics", "metric", dictionary.metrics.map(\.name), also: "all")
    let dimensions = dictionary.dimensions.map(\.name)
    let role = Role(
      name: entry.key, allMetrics: granted.contains("all"), metrics: granted.filter { $0 != "all" },
      except: names(node, "except", "metric", dictionary.metrics.map(\.name)), rows: rows(node),
      hide: names(node, "hide", "dimension", dimensions), show: names(node, "show", "dimension", dimensions),
      smallestGroup: smallestGroup(node), place: entry.keyPlace)
    if granted.isEmpty { add("no-grant", entry.keyPlace, "role \(entry.key) without metrics", "metrics: all, or a list") }
    node.finish()
    return role
  }

  private func names(_ node: YAMLMapping, _ key: String, _ kind: String, _ known: [String], also: String? = nil) -> [String] {
    guard let value = node.value(key) else { return [] }
    var members = [value]
    if case .sequence(let nodes) = value.content { members = nodes }
    return members.compactMap { member in
      guard let name = report.text(member) else { return nil }
      if name != also, !known.contains(name) {
        add("unknown-\(kind)", member.place, name, "a \(kind)", .didYouMean(name, among: known))
      }
      return name
    }
  }

  private func rows(_ node: YAMLMapping) -> [Term.Item] {
    guard let value = node.value("rows"), let text = report.text(value) else { return [] }
    do {
      let items = try TermReader.items(text)
      // What a user brings is not known here; any text stands in for it.
      _ = try parseRows(items.map { $0.replacingUser { _ in ["x"] } })
      return items
    } catch let failure as TermReader.Failure {
      add("bad-rows", value.place(atOffset: failure.offset), "\"\(text)\"", failure.expected)
    } catch Problem.unknownName(let name, _, let nearest) {
      let hint = nearest.isEmpty ? "" : "did you mean " + nearest.joined(separator: " or ") + "?"
      add("bad-rows", value.place, name, "a dimension", hint)
    } catch {
      add("bad-rows", value.place, "\"\(text)\"", "a condition such as region = 华东")
    }
    return []
  }

  private func smallestGroup(_ node: YAMLMapping) -> Int? {
    guard let count = node.integer("smallest_group") else { return nil }
    if count < 1 { add("bad-group", node.place("smallest_group"), "\(count)", "a number of rows from 1") }
    return count
  }

  // MARK: Users

  private func user(_ entry: YAMLNode.Entry, _ policy: Policy) -> PolicyUser {
    let user = rolesAndAttributes(entry, policy)
    for role in user.roles.compactMap(policy.role) {
      for name in role.rows.flatMap(\.userAttributes) where user.attributes[name]?.isEmpty ?? true {
        add("missing-attribute", entry.keyPlace, "user \(user.name) without \(name)", "\(name), which role \(role.name) tests rows by")
      }
    }
    return user
  }

  private func rolesAndAttributes(_ entry: YAMLNode.Entry, _ policy: Policy) -> PolicyUser {
    var user = PolicyUser(name: entry.key, roles: [])
    guard case .mapping(let entries) = entry.value.content else {
      user.roles = roles(entry.value, policy)
      return user
    }
    for part in entries where part.key != "roles" { user.attributes[part.key] = report.texts(part.value) }
    if let part = entries.first(where: { $0.key == "roles" }) { user.roles = roles(part.value, policy) }
    if user.roles.isEmpty { add("no-roles", entry.keyPlace, "user \(entry.key) without roles", "roles: [a role]") }
    return user
  }

  private func roles(_ node: YAMLNode, _ policy: Policy) -> [String] {
    var members = [node]
    if case .sequence(let nodes) = node.content { members = nodes }
    return members.compactMap { member in
      guard let name = report.text(member) else { return nil }
      checkRole(name, member, policy)
      return name
    }
  }

  private func checkRole(_ name: String, _ node: YAMLNode, _ policy: Policy) {
    if policy.role(name) != nil { return }
    add("unknown-role", node.place, name, "a role", .didYouMean(name, among: policy.roles.map(\.name)))
  }

  private func add(_ code: String, _ place: SourcePlace?, _ found: String, _ expected: String, _ hint: String = "") {
    report.add(Diagnostic(code: code, at: place, found: found, expected: expected, hint: hint))
  }
}
