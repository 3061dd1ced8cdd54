import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

/** Sources of everything that can be imported from the packages. */
function entries(): string[] {
  const packages = new URL("../packages/", import.meta.url);
  return readdirSync(packages).flatMap((name) => {
    const folder = new URL(`${name}/`, packages);
    const manifest = JSON.parse(readFileSync(new URL("package.json", folder), "utf8")) as { exports: Record<string, unknown> };
    const sources = Object.values(manifest.exports).map((entry) => (entry as { "@tau2/source"?: string })["@tau2/source"]);
    return sources.filter((source) => source !== undefined).map((source) => fileURLToPath(new URL(source, folder)));
  });
}

test("everything that users can import says what it is", () => {
  const files = entries();
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(fileURLToPath(new URL("../tsconfig.base.json", import.meta.url)), (path) => ts.sys.readFile(path)).config,
    ts.sys,
    fileURLToPath(new URL("..", import.meta.url)),
  );
  const program = ts.createProgram(files, { ...options, noEmit: true, skipLibCheck: true });
  const checker = program.getTypeChecker();
  const silent = files.flatMap((file) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(file)!);
    const names = checker.getExportsOfModule(module!);
    expect(names.length, file).toBeGreaterThan(0);
    return names
      .map((name) => (name.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(name) : name))
      .filter((symbol) => symbol.getDocumentationComment(checker).length === 0)
      .map(({ name }) => `${name} in ${file}`);
  });
  expect(silent).toEqual([]);
});
