import FoundationEssentials
import TestSupport
import Testing

/// The manifest is the architecture page, so it must tell the truth: what a target imports is what it declares, and
/// what it declares stands above it.
@Suite struct ImportTests {
  private static let manifest = Manifest.own

  @Test func theManifestIsUnderstood() {
    let targets = Self.manifest.targets
    #expect(targets.first?.name == "Snapshots" && targets[1].dependencies == ["Snapshots", "Yams"])
    #expect(targets.contains { $0.name == "Session" && $0.dependencies.contains("Parsing") })
    #expect(targets.count > 15)
  }

  @Test(arguments: manifest.targets)
  func importsOnlyWhatIsDeclared(target: Manifest.Target) {
    for file in Manifest.sources(of: target.name) {
      for name in file.imports where !Manifest.system.contains(name) {
        #expect(target.dependencies.contains(name), "\(file.path) imports \(name), which \(target.name) does not declare")
      }
    }
  }

  @Test(arguments: manifest.targets)
  func dependsOnlyUpThePage(target: Manifest.Target) {
    let above = Self.manifest.targets.prefix { $0.name != target.name }.map(\.name)
    for name in target.dependencies where !Manifest.libraries.contains(name) {
      #expect(above.contains(name), "\(target.name) depends on \(name), which does not stand above it")
    }
  }

  @Test func oneDoorToEachLibrary() {
    for (library, owner) in ["Yams": "SourceText", "GRDB": "Warehouse", "ArgumentParser": "Shell", "CReadline": "Shell", "CWorkbook": "Intake"] {
      let users = Self.manifest.targets.filter { target in
        Manifest.sources(of: target.name).contains { $0.imports.contains(library) }
      }
      #expect(users.allSatisfy { $0.name == owner }, "\(library) is imported by \(users.map(\.name))")
    }
  }

  @Test func noModuleBearsTheNameOfATypeInIt() {
    for target in Self.manifest.targets {
      for file in Manifest.sources(of: target.name) {
        #expect(!file.declares(target.name), "\(file.path) declares a type named like its module")
      }
    }
  }
}
