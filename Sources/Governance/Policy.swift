import Questions
import SourceText

/// Who may see what: roles, and who has them.
package struct Policy: Hashable, Sendable {
  package var roles: [Role]
  package var users: [PolicyUser]
  /// The role of people who do not say who they are; nil = they are refused.
  package var defaultRole: String?

  package init(roles: [Role], users: [PolicyUser] = [], defaultRole: String? = nil) {
    self.roles = roles
    self.users = users
    self.defaultRole = defaultRole
  }

  package func role(_ name: String) -> Role? { roles.first { $0.name == name } }
  package func user(_ name: String) -> PolicyUser? { users.first { $0.name == name } }
}

/// What people with one task may see.
package struct Role: Hashable, Sendable {
  package var name: String
  /// `metrics: all`; private metrics are never meant by it.
  package var allMetrics: Bool
  /// Metrics granted by name, private ones too.
  package var metrics: [String]
  /// Metrics taken out again; this wins.
  package var except: [String]
  /// `rows: "region = 华东"`, in the notation of `where`; empty = all rows.
  package var rows: [Term.Item]
  /// Dimensions that are neither grouped by, filtered by nor shown.
  package var hide: [String]
  /// Private dimensions granted by name.
  package var show: [String]
  /// Groups of fewer source rows than this come without numbers; nil = no bound.
  package var smallestGroup: Int?
  package var place: SourcePlace?

  package init(
    name: String, allMetrics: Bool = false, metrics: [String] = [], except: [String] = [], rows: [Term.Item] = [],
    hide: [String] = [], show: [String] = [], smallestGroup: Int? = nil, place: SourcePlace? = nil
  ) {
    self.name = name
    self.allMetrics = allMetrics
    self.metrics = metrics
    self.except = except
    self.rows = rows
    self.hide = hide
    self.show = show
    self.smallestGroup = smallestGroup
    self.place = place
  }
}

/// A person with roles, and what row filters may ask of them: `rows: "region in user.regions"`.
package struct PolicyUser: Hashable, Sendable {
  package var name: String
  package var roles: [String]
  package var attributes: [String: [String]]

  package init(name: String, roles: [String], attributes: [String: [String]] = [:]) {
    self.name = name
    self.roles = roles
    self.attributes = attributes
  }
}
