import { airline } from "./airline/index.ts";
import type { Domain } from "./core/domain/domain.ts";
import { mock } from "./mock/index.ts";
import { retail } from "./retail/index.ts";
import { telecom, telecomWorkflow } from "./telecom/index.ts";

/** Name of a domain that comes with this package. */
export type BuiltInName = "airline" | "mock" | "retail" | "telecom" | "telecom-workflow";

const byName: Readonly<Record<BuiltInName, Domain>> = { airline, mock, retail, telecom, "telecom-workflow": telecomWorkflow };

/** The domains that come with this package, in the order in which lists show them. The one place to add another. */
export const builtInDomains: readonly Domain[] = Object.values(byName);
