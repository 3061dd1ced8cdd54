// Writes the API reference of all packages into `docs/api` (git ignores it): `pnpm docs:api`.
// The entry points are the `exports` of the packages. A warning fails: a broken link, a `@param` without its parameter,
// or a type that is part of a signature and not exported.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { Application, Converter, makeRecursiveVisitor, ReflectionKind, TSConfigReader, Type } from "typedoc";
import { packagesIn, readManifest, root } from "./lib/repository.mjs";
import { say } from "./lib/report.mjs";

const out = join(root, "docs", "api");
const none = {
  invalidLink: false,
  invalidPath: false,
  notExported: false,
  notDocumented: false,
  rewrittenLink: false,
  unusedMergeModuleWith: false,
};

/** Entries for users, by the file that each is made from. */
const entries = new Map(
  packagesIn("packages").flatMap((folder) => {
    const { name, exports = {} } = readManifest(folder);
    return Object.entries(exports).flatMap(([path, target]) => {
      const source = /** @type {{ "@tau2/source"?: string }} */ (target)["@tau2/source"];
      return source === undefined ? [] : [[join(root, folder, source), name + path.slice(1)]];
    });
  }),
);

const app = await Application.bootstrapWithPlugins(
  {
    name: "tau2 for TypeScript",
    entryPoints: [...entries.keys()],
    tsconfig: join(root, "tsconfig.json"),
    readme: "none",
    excludeExternals: true,
    excludeInternal: true,
    skipErrorChecking: true,
    disableGit: true,
    disableSources: true,
    treatWarningsAsErrors: true,
    validation: { ...none, invalidLink: true, invalidPath: true, rewrittenLink: true },
  },
  [new TSConfigReader()],
);
app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
  if (!reflection.kindOf(ReflectionKind.Module)) return;
  const file = context.getSymbolFromReflection(reflection)?.declarations?.[0]?.getSourceFile().fileName;
  reflection.name = entries.get(file ?? "") ?? reflection.name;
});
const project = await app.convert();
if (project) {
  app.validate(project);
  // A schema behind a type (`z.infer<typeof user>`) is not for users: without a package it may stay unexported.
  const query = (/** @type {import("typedoc").QueryType} */ { queryType }) => {
    if (!queryType.reflection) delete queryType.package;
  };
  for (const reflection of Object.values(project.reflections)) {
    if ("type" in reflection && reflection.type instanceof Type) reflection.type.visit(makeRecursiveVisitor({ query }));
  }
  // TypeDoc reports unexported types only for the package that the project is named after.
  const name = project.packageName;
  app.options.setValue("validation", { ...none, notExported: true });
  for (const folder of packagesIn("packages")) {
    project.packageName = readManifest(folder).name;
    app.validate(project);
  }
  if (name) project.packageName = name;
  rmSync(out, { recursive: true, force: true });
  await app.generateDocs(project, out);
}
const problems = app.logger.errorCount + app.logger.warningCount;
if (project && problems === 0) say(`docs/api/index.html: ${entries.size} entries`);
process.exitCode = project && problems === 0 ? 0 : 1;
