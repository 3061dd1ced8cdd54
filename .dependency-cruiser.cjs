/** The packages from the bottom to the top: each may import those before it. */
const order = ["domains", "user-sim", "orchestrator", "gym", "cli"];

/** Rooms of packages/domains/src that know no other room; `core` is there for all of them. */
const domainRooms = ["airline", "retail", "telecom", "mock"];

/** Where `@tau2/domains` may read files or listen; everything else in it runs in a browser. */
const nodeRooms = ["data", "adapters"];

const tests = "[.]test[.]ts$";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycle",
      comment: "Two modules that need each other are one module, or miss a third.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "not-resolvable",
      comment:
        "An import that does not resolve, or a package that is not declared in this package's package.json. (The bin starts what the build makes.)",
      severity: "error",
      from: { pathNot: "^packages/cli/bin/" },
      to: { couldNotResolve: true },
    },
    {
      name: "no-undeclared-dependency",
      comment: "A package imports only what its own package.json names; shipped code not what is there for development alone.",
      severity: "error",
      from: { path: "^packages/[^/]+/src/", pathNot: [tests, "/testing/"] },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["npm", "npm-peer", "npm-optional"] },
    },
    ...order.map((name, at) => ({
      name: `layer-${name}`,
      comment: `The layers go one way: ${order.join(" <- ")}.`,
      severity: "error",
      from: { path: `^packages/${name}/` },
      to: { path: `^packages/(${order.slice(at + 1).join("|") || "none"})/` },
    })),
    ...order.map((name) => ({
      name: `entries-of-${name}`,
      comment: "Another package is used through its entries, never by a path into its sources.",
      severity: "error",
      from: { path: "^(packages|bench|conformance|stress|examples|tests)/", pathNot: `^packages/${name}/` },
      to: { path: `^packages/${name}/(src|dist)/`, dependencyTypes: ["local"] },
    })),
    {
      name: "packages-stand-alone",
      comment: "Shipped code knows nothing of the repository around it.",
      severity: "error",
      from: { path: "^packages/[^/]+/(src|bin)/", pathNot: tests },
      to: { path: "^(bench|conformance|stress|examples|tests|scripts)/" },
    },
    {
      name: "core-knows-no-domain",
      comment: "The core of @tau2/domains is for every domain, also for those written elsewhere.",
      severity: "error",
      from: { path: "^packages/domains/src/core/", pathNot: tests },
      to: { path: "^packages/domains/src/", pathNot: "^packages/domains/src/core/" },
    },
    ...domainRooms.map((room) => ({
      name: `room-${room}`,
      comment: "A domain knows the core and itself.",
      severity: "error",
      from: { path: `^packages/domains/src/${room}/`, pathNot: tests },
      to: { path: "^packages/domains/src/", pathNot: `^packages/domains/src/(core|${room})/` },
    })),
    {
      name: "domains-run-anywhere",
      comment: `Outside of ${nodeRooms.join(", ")} @tau2/domains runs in a browser or a worker: no Node module.`,
      severity: "error",
      from: { path: "^packages/domains/src/", pathNot: [`^packages/domains/src/(${nodeRooms.join("|")}|testing)/`, tests] },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "domains-reach-no-files",
      comment: "The rooms that run anywhere must not pull in the ones that read files.",
      severity: "error",
      from: { path: "^packages/domains/src/", pathNot: [`^packages/domains/src/(${nodeRooms.join("|")}|testing)/`, tests] },
      to: { path: `^packages/domains/src/(${nodeRooms.join("|")}|testing)/` },
    },
    {
      name: "terminal-only-in-cli",
      comment: "Who talks to a person through the terminal is the command line, nobody below it. (readline also reads lines of files.)",
      severity: "error",
      from: { path: "^packages/(domains|user-sim|orchestrator|gym)/src/", pathNot: tests },
      to: { path: "^(node:)?(tty|repl)$" },
    },
    {
      name: "terminal-knows-no-work",
      comment: "Tables, wrapped text and redrawn lines do not know runs, tasks or data: what formats those stands beside them.",
      severity: "error",
      from: { path: "^packages/cli/src/ui/", pathNot: tests },
      to: { path: "^packages/", pathNot: "^packages/cli/src/(ui/|io[.]ts$)" },
    },
    {
      name: "commands-load-work-late",
      comment:
        "Every start of tau2 loads every command, also for the help. A command names its options, and imports its work when it runs: `await import(…)`.",
      severity: "error",
      from: { path: "^packages/cli/src/commands([.]ts$|/)" },
      to: {
        path: ["^packages/", "node_modules"],
        pathNot: [
          "^packages/cli/src/(commands/|command-line/define-command[.]ts|config/(option|flags)[.]ts|(errors|io|own-version)[.]ts)",
          "-options[.]ts$",
          "^packages/cli/src/domain/load-domain[.]ts$",
          "^packages/domains/src/(index|internal)[.]ts$",
        ],
        dynamic: false,
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "no-test-code-in-shipped-code",
      comment: "Shipped code does not import a test.",
      severity: "error",
      from: { pathNot: tests },
      to: { path: tests },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^packages/[^/]+/dist/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["@tau2/source", "import", "types", "node", "default"],
      extensions: [".ts", ".mts", ".js", ".mjs", ".cjs", ".json"],
    },
  },
};
