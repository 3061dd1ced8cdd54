import type { BuiltInName } from "@tau2/domains/built-in";
import { didYouMean, isRecord } from "@tau2/domains/internal";
import type { Domain } from "@tau2/domains";
import { UsageError } from "../errors.ts";
import { isModulePath, loadExport, type ExportKind } from "../import-module.ts";

// By their names alone, so that help does not load their code. The compiler sees to it that none is missing.
const builtIn: Record<BuiltInName, true> = { airline: true, mock: true, retail: true, telecom: true, "telecom-workflow": true };

/** The domains that have a name of their own on the command line. */
export const domainNames: readonly string[] = Object.keys(builtIn);

/** Asks for a domain, and says which there are. @param option what stands before its name, if anything does */
export function whichDomain(option = ""): string {
  return `which domain? ${option}${domainNames.join(" | ")}, or the path of a module with a domain of your own`;
}

/**
 * The domain of a name, or of a module that exports what `defineDomain` made: as its default, or as its only domain.
 * @throws UsageError naming what there is.
 */
export async function loadDomain(name: string, cwd: string): Promise<Domain> {
  if (domainNames.includes(name)) return loadBuiltIn(name);
  if (isModulePath(name)) return loadExport(name, cwd, domainExport);
  const hint =
    hintAtOtherName(name) ||
    didYouMean(name, domainNames) ||
    `. There are ${domainNames.join(", ")}, or give the path of a module (.ts, .js, .mjs) with a domain of your own`;
  throw new UsageError(`unknown domain '${name}'${hint}`);
}

/** Names of tau2-bench for splits, as `telecom_small`, and for its domain that retrieves documents. */
function hintAtOtherName(name: string): string {
  if (name.startsWith("banking")) {
    return `: the domain that retrieves documents is not part of this package. There are ${domainNames.join(", ")}`;
  }
  const [, domain, split] = /^(.+)[_-](small|full|base|train|test)$/.exec(name) ?? [];
  if (domain === undefined || !domainNames.includes(domain)) return "";
  return `: it is a split of ${domain}; give ${domain} as the domain, and --task-split-name ${split}`;
}

async function loadBuiltIn(name: string): Promise<Domain> {
  const { builtInDomains } = await import("@tau2/domains/built-in");
  return builtInDomains.find((domain) => domain.name === name)!;
}

const domainExport: ExportKind<Domain> = {
  name: "a domain",
  advice: "export one value made by defineDomain, as the default or by name",
  accepts: isDomain,
};

function isDomain(value: unknown): value is Domain {
  return isRecord(value) && typeof value["name"] === "string" && isRecord(value["agent"]) && Array.isArray(value["agent"]["tools"]);
}
