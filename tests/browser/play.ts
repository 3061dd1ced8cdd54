import { createContext, runInContext } from "node:vm";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Input and output of the bundle. */
export interface Play {
  domain: string;
  data: unknown;
  calls: { name: string; arguments: Record<string, unknown> }[];
}

export interface Played {
  /** Answer of each call. */
  contents: string[];
  hash: { agent: string; user: string | null };
}

/** Globals that every browser and worker adds to bare JavaScript. No `process`, no `require`, no `Buffer`. */
const browserGlobals = { TextEncoder, TextDecoder, URL, structuredClone, crypto, console: undefined };

/** A program of a page that bundles one domain. @throws when anything in it needs Node. */
export async function bundleDomain(domain: string): Promise<{ code: string; modules: string[] }> {
  const contents = `
    import { Environment, createEnvironmentConfig, parseInlineData } from "@tau2/domains";
    import { ${domain} as domain } from "@tau2/domains/${domain}";
    const { data, calls } = JSON.parse(globalThis.input);
    const environment = new Environment(createEnvironmentConfig(domain, parseInlineData(domain, data)));
    const contents = calls.map((call) => environment.call(call.name, call.arguments).content);
    globalThis.output = JSON.stringify({ contents, hash: environment.hash() });
  `;
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL(".", import.meta.url)) },
    absWorkingDir: fileURLToPath(new URL("../..", import.meta.url)),
    bundle: true,
    platform: "browser",
    format: "iife",
    target: "es2022",
    conditions: ["@tau2/source"],
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  return { code: outputFiles[0]!.text, modules: Object.keys(metafile.inputs) };
}

/** Runs a bundle where there is nothing but a browser's basics. */
export function playBundle(code: string, play: Play): Played {
  const context = createContext({ ...browserGlobals, input: JSON.stringify(play), output: "" });
  runInContext(code, context);
  return JSON.parse(String(runInContext("output", context))) as Played;
}
