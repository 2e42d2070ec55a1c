// swift-tools-version: 6.0
// The manifest is the architecture page: targets stand from low to high, and an import only ever points up this
// page. `ArchitectureTests` compares every import with what is declared here.
import PackageDescription

/// A target of ours: Swift 6 mode, tests in `<name>Tests`.
///
/// Optimised in debug builds too: the tests read tens of thousands of questions, and unoptimised that takes ten times as long.
func layer(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: dependencies,
    swiftSettings: [.swiftLanguageMode(.v6), .unsafeFlags(["-O"], .when(configuration: .debug))])
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: dependencies + [.byName(name: name), "TestSupport"], exclude: exclude,
    swiftSettings: [.swiftLanguageMode(.v6)])
}

/// Tests of the whole rather than of one target.
func suite(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies + ["TestSupport"], swiftSettings: [.swiftLanguageMode(.v6)])
}

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "wenshu",
  products: [.executable(name: "wenshu", targets: ["wenshu"])],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ],
  targets: [
    // MARK: Ground: text, days and tables, nothing about metrics
    layer("Snapshots"),  // compiled things as bytes: written, mapped, read where they lie
    layer("SourceText", ["Snapshots", yams]),  // spans, diagnostics, line files, YAML with positions, near misses
    layer("CivilTime", ["Snapshots"]),  // days, grains, periods, time expressions and calendars; no clock
    layer("Tables"),  // cells, result tables, CSV

    // MARK: Knowledge: what the business means by its words
    layer("Metrics", ["Snapshots", "SourceText", "CivilTime"]),  // the dictionary: metrics, dimensions, schema, formulas
    .target(
      name: "CWorkbook", linkerSettings: [.linkedLibrary("z"), .linkedLibrary("expat")]),  // zlib and expat, for workbooks
    layer("Intake", ["Tables", "CivilTime", "Metrics", "CWorkbook"]),  // files of rows as they come: encodings, sheets, types
    layer("Questions", ["Metrics", "CivilTime", "SourceText"]),  // the logical form and its notation
    layer("Interchange", ["Metrics", "CivilTime", "SourceText"]),  // dictionaries of other tools, read and written

    // MARK: Understanding: from characters to a Question
    layer("Phrasebook", ["Snapshots", "Questions", "SourceText"]),  // words and rules, read from lexicon/ and grammar/
    layer("Parsing", ["Snapshots", "Phrasebook", "Questions", "Metrics", "CivilTime", "SourceText"]),  // lattice, chart, cover
    layer("Governance", ["Snapshots", "Questions", "Metrics", "CivilTime", "Tables", "SourceText"]),  // who may see what

    // MARK: Execution: from a Question to rows
    layer("Planning", ["Snapshots", "Questions", "Metrics", "CivilTime"]),  // Question → Plan
    layer("SQLText", ["Planning", "Metrics", "CivilTime", "Tables"]),  // Plan → SQL, the dialect
    layer(
      "Warehouse", ["Snapshots", "Intake", "SQLText", "Planning", "Questions", "Tables", "Metrics", "CivilTime", "SourceText", grdb]),  // the one door to SQLite

    layer(
      "Drafting", ["Warehouse", "Intake", "Tables", "Metrics", "CivilTime", "SourceText"]),  // a dictionary guessed from data

    // MARK: Telling: from rows to an answer people can check
    layer("Answers", ["Questions", "Planning", "Metrics", "Tables", "CivilTime", "SourceText"]),
    layer("Terminal", ["Answers", "Questions", "Tables", "CivilTime", "SourceText"]),  // widths, tables, output formats; pure

    // MARK: Front door
    layer("SampleData", ["CivilTime", "Tables"]),  // the generator of the flagship dataset
    layer(
      "Session",
      [
        "Snapshots", "SourceText", "CivilTime", "Tables", "Metrics", "Questions", "Phrasebook", "Parsing", "Governance",
        "Planning", "SQLText", "Warehouse", "Answers",
      ]),  // the pipeline, one line an arrow; workspaces, conversations, corpora
    .target(
      name: "CReadline", linkerSettings: [.linkedLibrary("readline")]),  // readline behind functions
    layer(
      "Shell",
      [
        "Session", "Intake", "Interchange", "Drafting", "Warehouse", "Terminal", "Answers", "Planning", "Questions", "Metrics", "Parsing",
        "CivilTime", "Tables",
        "SourceText", "SampleData", "CReadline", arguments,
      ]),  // command line, prompt, batch, check; reads the clock
    .executableTarget(
      name: "wenshu", dependencies: ["Shell"], swiftSettings: [.swiftLanguageMode(.v6)]),

    // MARK: Tests
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: [.swiftLanguageMode(.v6)]),
    .testTarget(name: "ArchitectureTests", dependencies: ["TestSupport"], swiftSettings: [.swiftLanguageMode(.v6)]),
    tests("Snapshots"),
    tests("CivilTime"),
    tests("Questions", ["CivilTime", "Metrics", "SourceText"]),
    tests("Phrasebook", ["SourceText"]),
    tests("Parsing", ["Phrasebook", "CivilTime", "Questions", "Metrics", "SourceText"]),
    tests("Answers", ["Questions", "Planning", "Metrics", "Tables", "CivilTime", "SourceText"]),
    tests("Terminal", ["Answers", "Questions", "Planning", "Metrics", "Tables", "CivilTime", "SourceText"]),
    tests("SourceText"),
    tests("Tables"),
    tests("Intake", ["Tables", "Metrics", "CivilTime", "CWorkbook"]),
    tests("Metrics", ["CivilTime", "SourceText"]),
    tests("Governance", ["Questions", "Metrics", "Tables", "CivilTime", "SourceText"]),
    tests("SampleData"),
    tests("Session", ["Snapshots", "Metrics", "CivilTime", "SourceText"]),
    suite("CorpusTests", ["Session", "Answers", "Questions", "CivilTime", "SourceText"]),
    suite(
      "PropertyTests",
      [
        "Session", "Answers", "Parsing", "Planning", "SQLText", "Tables", "Questions", "Metrics", "Warehouse", "CivilTime", "SampleData",
        "SourceText",
      ]),
    .testTarget(
      name: "OracleTests",
      dependencies: [
        "Planning", "SQLText", "Questions", "Metrics", "Warehouse", "Tables", "CivilTime", "SampleData", "SourceText", "TestSupport",
      ],
      swiftSettings: [.swiftLanguageMode(.v6), .unsafeFlags(["-O"], .when(configuration: .debug))]),  // row by row, thousands of times
    suite(
      "ConformanceTests",
      [
        "Interchange", "Planning", "SQLText", "Warehouse", "Questions", "Metrics", "Tables", "CivilTime", "SourceText", grdb,
      ]),
    tests("Interchange", ["Metrics", "SourceText"]),
    tests("Drafting", ["Metrics", "SourceText"]),
    tests("Planning"),
    tests("SQLText"),
    tests("Warehouse", ["Snapshots", "SampleData", grdb], exclude: ["Snapshots"]),
    tests("Shell", ["Session", "Terminal", "Answers", "Metrics", "CivilTime", "SourceText", grdb]),
  ]
)
