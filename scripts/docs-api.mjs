// Writes the API reference of all packages into `docs/api` (git ignores it): `pnpm docs:api`.
// The entry points are the `exports` of the packages that are for users. Types that an entry mentions without exporting
// them are described below it, under "Shapes". A warning fails: a broken link, or a `@param` without its parameter.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { Application, Converter, ReflectionKind, TSConfigReader } from "typedoc";
import { say } from "./lib/report.mjs";
import { root } from "./lib/repository.mjs";
import { isForUsers, readEntries } from "./lib/public-functions.mjs";

const out = join(root, "docs", "api");
/** Names of the entries by their source. */
const entries = new Map([...readEntries(root)].flatMap(([name, file]) => (isForUsers(name) ? [[file, name]] : [])));

/** Options of the plugin, which the types of TypeDoc do not know. */
const pluginOptions = { internalModule: "Shapes" };

const app = await Application.bootstrapWithPlugins(
  {
    name: "tau2 for TypeScript",
    entryPoints: [...entries.keys()],
    plugin: ["typedoc-plugin-missing-exports"],
    ...pluginOptions,
    tsconfig: join(root, "tsconfig.json"),
    readme: "none",
    excludeExternals: true,
    excludeInternal: true,
    skipErrorChecking: true,
    disableGit: true,
    disableSources: true,
    treatWarningsAsErrors: true,
    validation: {
      invalidLink: true,
      invalidPath: true,
      notExported: true,
      notDocumented: false,
      rewrittenLink: true,
      unusedMergeModuleWith: false,
    },
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
  rmSync(out, { recursive: true, force: true });
  await app.generateDocs(project, out);
}
const problems = app.logger.errorCount + app.logger.warningCount;
if (project && problems === 0) say(`docs/api/index.html: ${entries.size} entries`);
process.exitCode = project && problems === 0 ? 0 : 1;
